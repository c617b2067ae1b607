// The style sheet of the front page.

export const style = `:root { color-scheme: light dark; --line: light-dark(#d8dde3, #343b44); --quiet: light-dark(#5a6572, #98a3b0);
  --ground: light-dark(#f6f7f9, #14181d); --card: light-dark(#fff, #1c2229); --accent: light-dark(#1f5fa8, #7db4f0); }
* { box-sizing: border-box }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: var(--ground) }
header, main, footer { max-width: 64rem; margin: 0 auto; padding: 1rem 1.5rem }
header h1 { margin: 1rem 0 0; font-size: 2rem }
header p { margin: 0; color: var(--quiet) }
h2 { font-size: 1.25rem; border-bottom: 1px solid var(--line); padding-bottom: .35rem }
h3 { margin: 0; font-size: 1.05rem; overflow-wrap: anywhere }
a { color: var(--accent); overflow-wrap: anywhere }
ul { list-style: none; margin: 0; padding: 0 }
.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)) }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem }
.card p { margin: .35rem 0 0; overflow-wrap: anywhere }
.address { font-family: ui-monospace, monospace; font-size: .9rem }
.quiet { color: var(--quiet); font-size: .9rem }
.tag { display: inline-block; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem; font-size: .8rem; color: var(--quiet) }
.threads li { padding: .6rem 0; border-bottom: 1px solid var(--line) }
.threads p { margin: 0 }
footer { color: var(--quiet) }
footer a { margin-right: 1rem }
`
