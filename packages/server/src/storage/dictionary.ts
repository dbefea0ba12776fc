/** An object that inherits nothing, so that a key can have any name. V8 reads and writes it faster than the object of `Object.create(null)`. */
export class Dictionary<Value> {
  [key: string]: Value;
}

Object.setPrototypeOf(Dictionary.prototype, null);
Reflect.deleteProperty(Dictionary.prototype, "constructor");
