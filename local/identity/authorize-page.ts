import { hash } from 'node:crypto';
import { pageStyle } from './authorize-style.ts';
import { endpoints } from './names.ts';
import type { Parameters } from './parameters.ts';
import { type Person, people } from './people.ts';
import type { Reply } from './reply.ts';

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const styleSource = `'sha256-${hash('sha256', pageStyle, 'base64')}'`;

/** No script at all, one style by its hash, no frames. */
const headersFor = (formAction: string): Reply['headers'] => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src ${styleSource}`,
    'img-src data:',
    `form-action ${formAction}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
});

const htmlPage = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Sealdrop</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body>
<main>
<p class="brand">Sealdrop</p>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;

const initialOf = (displayName: string): string => displayName.replace(/^Dr /, '').charAt(0);

const personButton = ({ name, displayName, role }: Person): string => `<li><button name="person" value="${name}">
<span class="initial ${role}" aria-hidden="true">${initialOf(displayName)}</span>
<span class="who"><span class="name">${displayName}</span><span class="role">${role}</span></span>
<code>${name}</code>
</button></li>`;

const tenantSection = (tenantId: string, members: readonly Person[]): string =>
  `<section aria-labelledby="${tenantId}"><h2 id="${tenantId}">${members[0]?.tenantName ?? tenantId}</h2>
<ul>${members.map(personButton).join('\n')}</ul></section>`;

/**
 * The people as buttons of one plain form, which carries the request's own parameters along and may go on to
 * `returnOrigin` only.
 */
export const signInPage = (returnOrigin: string, parameters: Parameters): Reply => {
  const hidden = [...parameters]
    .filter(([name]) => name !== 'person')
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`);
  const tenants = Map.groupBy(people, ({ tenantId }) => tenantId);
  const sections = [...tenants].map(([tenantId, members]) => tenantSection(tenantId, members));
  const content = `<p>Choose who you want to be. These people exist on this machine only and need no password;
where Sealdrop is deployed, your own identity provider asks here.</p>
<form method="post" action="${endpoints.authorize.slice(1)}">
${hidden.join('\n')}
<div class="tenants">${sections.join('\n')}</div>
</form>`;
  return { status: 200, headers: headersFor(`'self' ${returnOrigin}`), body: htmlPage('Sign in', content) };
};

export const errorPage = (startAddress: string, sentence: string): Reply => ({
  status: 400,
  headers: headersFor("'none'"),
  body: htmlPage(
    'Sign-in did not work',
    `<p>${sentence} Nothing was sent anywhere.</p>
<p>Start again at <a href="${escapeHtml(startAddress)}">${escapeHtml(startAddress)}</a>.</p>`,
  ),
});
