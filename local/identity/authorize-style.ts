/** The look of the sign-in page. It is inline and named by its hash in the page's content security policy. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f4f6f8, #12171c);
  --card: light-dark(#ffffff, #1b2229);
  --line: light-dark(#d5dce3, #333d47);
  --text: light-dark(#16202a, #e8edf2);
  --quiet: light-dark(#526170, #a3b1be);
  --accent: light-dark(#0b6e69, #5fd0c5);
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 2rem 1rem;
  background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 54rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem;
  padding: clamp(1.25rem, 4vw, 2.5rem); }
.brand { margin: 0; color: var(--accent); font-weight: 700; letter-spacing: .02em; }
h1 { margin: .25rem 0 .5rem; font-size: 1.75rem; line-height: 1.2; }
h1 + p { margin: 0 0 1.75rem; color: var(--quiet); max-width: 42rem; }
main > :last-child { margin-bottom: 0; }
h2 { margin: 0 0 .75rem; font-size: .875rem; color: var(--quiet); font-weight: 600; }
a { color: var(--accent); }
.tenants { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 2rem; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .625rem; }
button { width: 100%; display: flex; align-items: center; gap: .875rem; padding: .75rem .875rem; text-align: start;
  font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .75rem;
  cursor: pointer; }
button:hover { border-color: var(--accent); background: color-mix(in srgb, var(--accent) 8%, transparent); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.initial { flex: none; width: 2.5rem; height: 2.5rem; border-radius: 50%; display: grid; place-items: center;
  font-weight: 700; color: #fff; }
.patient { background: #1d6fa5; }
.clinician { background: #0b6e69; }
.admin { background: #6a4c93; }
.service { background: #4a5a6a; }
.who { flex: 1; min-width: 0; display: grid; line-height: 1.3; }
.name { font-weight: 600; }
.role { color: var(--quiet); font-size: .875rem; }
.role::first-letter { text-transform: uppercase; }
code { color: var(--quiet); font-size: .8125rem; }
`;
