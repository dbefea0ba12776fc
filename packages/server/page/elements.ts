/** @throws {Error} if the page has no such element of this type */
export function byId<Type extends HTMLElement = HTMLElement>(id: string, type?: new () => Type): Type {
  const found = document.getElementById(id);
  if (!(found instanceof (type ?? HTMLElement))) throw new Error(`The page has no element ${id}.`);
  return found as Type;
}

/** Creates an HTML element. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly (Node | string)[] = [],
): HTMLElement {
  return filled(document.createElement(name), attributes, children);
}

/** Creates an SVG element. */
export function svgElement(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly (Node | string)[] = [],
): SVGElement {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function filled<Type extends Element>(
  created: Type,
  attributes: Readonly<Record<string, string>>,
  children: readonly (Node | string)[],
): Type {
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, value);
  created.append(...children);
  return created;
}
