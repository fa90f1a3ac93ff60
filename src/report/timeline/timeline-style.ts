/**
 * The style of the drawn evidence. It sets no colour of page or text and fills with transparent tones only, because the
 * report around it is light or dark as its reader likes; colours that mean something are shadows, because Allure's dark
 * theme repaints every border.
 */
export const TIMELINE_STYLE = `
:root { color-scheme: light dark; --bad: #d64545; --doubt: #c98a1b; --good: #2f9e5b; --note: #4c7fd0; --line: rgba(128,128,128,.28); --soft: rgba(128,128,128,.10); }
@media (prefers-color-scheme: dark) { :root { --bad: #ff7b72; --doubt: #e3b341; --good: #56d364; --note: #79a9ff; } }
html, body { background: transparent; }
body { margin: 12px; font: 13px/1.45 system-ui, sans-serif; }
h1 { font-size: 16px; margin: 0 0 8px; }
h2 { font-size: 14px; margin: 22px 0 6px; }
code, .mono, pre { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 12px; }
.summary { box-shadow: inset 6px 0 var(--good); border-radius: 6px; padding: 12px 16px 12px 22px; background: var(--soft); }
.summary.violated { box-shadow: inset 6px 0 var(--bad); }
.summary.doubted { box-shadow: inset 6px 0 var(--doubt); }
.summary dl { display: grid; grid-template-columns: 8.5em 1fr; gap: 4px 12px; margin: 0; }
.summary dt, .muted { opacity: .68; }
td.muted { opacity: 1; color: color-mix(in srgb, currentColor 68%, transparent); }
.summary dd { margin: 0; overflow-wrap: anywhere; }
.summary ul { margin: 0; padding-left: 1.2em; }
.blame { box-shadow: 0 0 0 1px currentColor; margin-right: 4px; border-radius: 9px; padding: 0 8px; font-weight: 600; }
.bad { color: var(--bad); } .doubt { color: var(--doubt); } .good { color: var(--good); } .info { color: var(--note); }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; opacity: .68; }
th, td { padding: 2px 8px; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.nowrap { white-space: nowrap; }
.entries { table-layout: fixed; }
.entries .track { position: relative; }
.entries .track i { position: absolute; top: 7px; width: 9px; height: 9px; margin-left: -4px; border-radius: 5px; background: var(--note); }
.entries .track i.out { background: transparent; box-shadow: inset 0 0 0 2px var(--note); }
.entries .track i.none { background: rgba(128,128,128,.6); border-radius: 1px; }
.entries tr.wrong td { background: rgba(214,69,69,.13); border-bottom-color: transparent; }
.entries tr.unsure td { background: rgba(201,138,27,.13); border-bottom-color: transparent; }
.entries tr.wrong .track i { background: var(--bad); box-shadow: none; }
.entries tr.cited td:first-child { box-shadow: inset 3px 0 var(--doubt); }
.entries tr.finding td { padding: 2px 8px 8px 44px; }
.entries tr.cut td { text-align: center; background: var(--soft); padding: 8px; }
.entries td { overflow: hidden; text-overflow: ellipsis; }
.entries td.narrow { padding-left: 2px; padding-right: 2px; text-align: center; }
details summary { cursor: pointer; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
details pre { margin: 4px 0 8px; padding: 8px; background: var(--soft); border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere; }
.run { display: inline-block; min-width: 1.3em; text-align: center; border-radius: 4px; border: 1px solid var(--line); font-size: 11px; }
.phases { width: auto; min-width: 60%; margin-bottom: 10px; }
.phases .bar { width: 260px; padding: 5px 8px; }
.bar div { position: relative; height: 10px; background: var(--soft); border-radius: 2px; }
.bar b { position: absolute; left: 0; top: 0; bottom: 0; min-width: 2px; border-radius: 2px; background: var(--good); }
.bar b.late, .bar b.missing, .bar b.refused { background: var(--bad); }
.bar s { position: absolute; top: -3px; bottom: -3px; width: 2px; background: currentColor; opacity: .55; }
.matrix { font-size: 12px; }
.matrix td, .matrix th { text-align: right; vertical-align: bottom; padding: 2px 5px; font-variant-numeric: tabular-nums; }
.matrix td { white-space: nowrap; }
.matrix td:nth-child(-n+2), .matrix th:nth-child(-n+2) { text-align: left; }
.matrix td:nth-child(2) { white-space: normal; }
.matrix code { white-space: nowrap; }
.matrix .missing { color: var(--bad); font-weight: 700; }
.scroll { overflow-x: auto; }
`;
