/** Looks of the page: system fonts, light or dark as the reader's machine is. Contrast of all text is at least 4.5 to 1 (WCAG 2.2, 1.4.3). */
export const style = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#ffffff, #0d1117); --raised: light-dark(#f6f8fa, #161b22); --line: light-dark(#d1d9e0, #30363d);
  --text: light-dark(#1f2328, #e6edf3); --quiet: light-dark(#59636e, #9198a1);
  --red: light-dark(#b42318, #ff7b72); --amber: light-dark(#8a4600, #e3a008); --green: light-dark(#116329, #4ac26b);
  --red-ground: light-dark(#ffebe9, #3c1618); --amber-ground: light-dark(#fff3d6, #33270a); --green-ground: light-dark(#dafbe1, #12291b);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 24px 20px 64px; }
header { padding: 16px 20px; border: 1px solid var(--line); border-left-width: 6px; border-radius: 8px; background: var(--raised); }
header.block { border-left-color: var(--red); } header.approval { border-left-color: var(--amber); } header.allow { border-left-color: var(--green); }
h1 { margin: 0; font-size: 21px; line-height: 1.3; } header p { margin: 6px 0 0; color: var(--quiet); }
h2 { display: inline; font-size: 17px; } summary { cursor: pointer; padding: 6px 0; }
details { margin-top: 22px; border-top: 1px solid var(--line); padding-top: 8px; }
.count { color: var(--quiet); font-weight: 400; }
.wide { overflow-x: auto; margin-top: 22px; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; color: var(--quiet); font-size: 13px; }
th, td { padding: 7px 12px; border-bottom: 1px solid var(--line); vertical-align: top; }
th.number, .number { text-align: right; font-variant-numeric: tabular-nums; }
.number.delete, .number.replace, .number.drift { color: var(--red); font-weight: 700; }
ul { list-style: none; margin: 8px 0 0; padding: 0; } li { margin: 0 0 12px; } li ul { padding-left: 4px; } li li { margin: 10px 0 0; }
.finding { border: 1px solid var(--line); border-left-width: 4px; border-radius: 6px; padding: 12px 16px; }
.finding.block { border-left-color: var(--red); } .finding.approval { border-left-color: var(--amber); } .finding.allow { border-left-color: var(--green); }
.finding p { margin: 6px 0 0; } .override { color: var(--amber); }
.where { color: var(--quiet); }
.badge { display: inline-block; border-radius: 999px; padding: 1px 10px; font-size: 13px; font-weight: 600; white-space: nowrap; }
.badge.block { background: var(--red-ground); color: var(--red); } .badge.approval { background: var(--amber-ground); color: var(--amber); }
.badge.allow { background: var(--green-ground); color: var(--green); }
code, pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre { margin: 8px 0 0; padding: 10px 12px; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; }
.old { color: var(--red); } .new { color: var(--green); } .note { color: var(--amber); }
@media print { details { break-inside: avoid; } }
`;
