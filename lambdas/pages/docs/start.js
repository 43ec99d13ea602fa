/* global SwaggerUIBundle */

// Everything is found from where this page is, so that it works below any stage or base path.
const here = (path) => new URL(path, location.href).href;

const page = SwaggerUIBundle({
  url: here('openapi.json'),
  dom_id: '#api',
  oauth2RedirectUrl: here('docs/oauth2-redirect.html'),
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  // Tokens stay in this tab's memory and go with it.
  persistAuthorization: false,
  // Nothing of this page is told to another site.
  validatorUrl: 'none',
  onComplete: () => {
    const scheme = page.specSelectors.specJson().getIn(['components', 'securitySchemes', 'signIn']);
    page.initOAuth({
      clientId: scheme?.get('x-client-id') ?? '',
      scopes: 'documents:read documents:write',
      usePkceWithAuthorizationCodeGrant: true,
    });
  },
});
