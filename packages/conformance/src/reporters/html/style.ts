/** The styles of the report. It must work from a file, without a network. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #fff; --line: #dfe3e8; --text: #1b2430; --soft: #5a6675; --code: #f1f3f6;
  --red: #b3261e; --red-soft: #fdecea; --amber: #8a5a00; --amber-soft: #fdf3dc;
  --green: #1c6b3a; --green-soft: #e4f4ea; --blue: #1f57b8;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --card: #1a2029; --line: #2f3846; --text: #e5eaf0; --soft: #9aa7b7; --code: #11151b;
    --red: #ff9a91; --red-soft: #3b1d1c; --amber: #f0c063; --amber-soft: #382b10;
    --green: #7fd6a0; --green-soft: #15301f; --blue: #8db8ff;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 24px 20px 64px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0; }
h2 { font-size: 18px; margin: 40px 0 12px; }
h3 { font-size: 16px; margin: 0; }
p { margin: 0 0 8px; max-width: 78ch; }
a { color: var(--blue); }
code, pre { font-family: var(--mono); font-size: 13px; }
pre { margin: 0; padding: 10px 12px; background: var(--code); border: 1px solid var(--line); border-radius: 6px;
  overflow: auto; max-height: 420px; white-space: pre-wrap; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.small { font-size: 13px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; }
.card + .card { margin-top: 14px; }
.verdict { border-left: 6px solid; }
.verdict.kept { border-left-color: var(--green); }
.verdict.broken { border-left-color: var(--red); }
.verdict.untested { border-left-color: var(--amber); }
.verdict h1 + p { margin-top: 8px; }
.facts { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 12px 0 0; font-size: 13px; color: var(--soft); }
.facts b { color: var(--text); font-weight: 600; overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px; margin: 14px 0 0; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px; }
.tile b { display: block; font-size: 26px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile span { font-size: 13px; color: var(--soft); }
.tile.red b { color: var(--red); } .tile.amber b { color: var(--amber); } .tile.green b { color: var(--green); }
.badge { display: inline-block; padding: 1px 8px; border-radius: 999px; font-size: 12px; font-weight: 600; vertical-align: 2px; }
.badge.error { background: var(--red-soft); color: var(--red); }
.badge.warning { background: var(--amber-soft); color: var(--amber); }
.badge.passed { background: var(--green-soft); color: var(--green); }
.finding header { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; margin-bottom: 4px; }
.finding + .finding { margin-top: 14px; }
.compare { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; margin: 12px 0; }
.compare > div { min-width: 0; }
.compare h4, details h4 { margin: 0 0 4px; font-size: 12px; font-weight: 600; color: var(--soft); }
.compare .expected pre { border-left: 3px solid var(--green); }
.compare .received pre { border-left: 3px solid var(--red); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0 0 10px; font-size: 13px; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
details { margin-top: 8px; }
summary { cursor: pointer; color: var(--blue); font-size: 14px; }
details > :not(summary) { margin-top: 8px; }
.exchange { border-top: 1px solid var(--line); padding-top: 10px; }
.exchange .compare { margin: 6px 0; }
.status { font-weight: 600; }
.copy { float: right; font: inherit; font-size: 12px; padding: 1px 10px; border: 1px solid var(--line); border-radius: 6px;
  background: var(--card); color: var(--text); cursor: pointer; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { text-align: left; padding: 6px 10px; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
tbody tr:last-child td { border-bottom: 0; }
.matrix th.status-head, .matrix td.cell { text-align: center; padding: 4px; min-width: 44px; font-variant-numeric: tabular-nums; }
.matrix td.cell span { display: block; border-radius: 4px; padding: 2px 4px; }
.matrix .seen { background: var(--green-soft); color: var(--green); }
.matrix .unseen { border: 1px dashed var(--line); color: var(--soft); padding: 1px 3px; }
.meter { display: inline-block; width: 120px; height: 8px; border-radius: 4px; background: var(--line); overflow: hidden; margin-right: 8px; }
.meter i { display: block; height: 100%; background: var(--green); }
ul.plain { margin: 0; padding-left: 18px; } ul.plain li { overflow-wrap: anywhere; }
@media (max-width: 720px) { .compare { grid-template-columns: 1fr; } main { padding: 16px 12px 48px; } }
@media print { .copy { display: none; } body { background: #fff; } .card, .tile { break-inside: avoid; } }
`;

/** Copies the curl commands. Without it, they can be selected. */
export const SCRIPT = `
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.parentElement.querySelector("pre").textContent);
    button.textContent = "Copied";
  });
}
`;
