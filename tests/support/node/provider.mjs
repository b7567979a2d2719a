// An OpenID provider for tests: oidc-provider of npm as it comes, with one client and some people.
// Arguments: the address where Samverka's server takes the answer, and what it is like: «--in-token» and
// «--as=entra», «--as=google», «--as=adfs» (claims and addresses as those issue them).
// Prints {"issuer": …} when it answers. POST /test/new-keys lets it sign with other keys from then on.
import { createServer } from 'node:http';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';

const require = createRequire(`${process.env.NODE_FOLDER}/`);
const { default: Provider } = await import(require.resolve('oidc-provider'));

const TENANT = '8f7a2c10-5c1b-4f5e-9f0c-3d2b1a000001';
const kinds = {
  plain: {
    path: '',
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    people: {
      karin: { email: 'karin@exempelbyran.se', email_verified: true },
      unverified: { email: 'karin@exempelbyran.se', email_verified: false },
      stranger: { email: 'nobody@elsewhere.example', email_verified: true },
      namesake: { email: 'karin@exempelbyran.se', email_verified: true },
    },
  },
  // The tenant in the issuer, v2.0; a name that the tenant decides, no «email_verified», groups by id; a guest.
  entra: {
    path: `/${TENANT}/v2.0`,
    claims: { openid: ['sub', 'oid', 'tid', 'ver', 'name', 'preferred_username', 'email', 'groups'] },
    people: {
      karin: {
        oid: 'a1', tid: TENANT, ver: '2.0', preferred_username: 'Karin@Exempelbyran.se',
        email: 'karin@exempelbyran.se', groups: ['6a0f5d7e-0000-4000-8000-000000000001', 'another'],
      },
      outside: { oid: 'a2', tid: TENANT, ver: '2.0', preferred_username: 'karin@exempelbyran.se', groups: ['another'] },
      guest: {
        oid: 'a3', tid: TENANT, ver: '2.0', groups: ['6a0f5d7e-0000-4000-8000-000000000001'],
        preferred_username: 'karin_exempelbyran.se#EXT#@elsewhere.onmicrosoft.com', email: 'karin@exempelbyran.se',
      },
    },
  },
  google: {
    path: '',
    claims: { openid: ['sub', 'hd', 'name', 'email', 'email_verified', 'picture'] },
    people: {
      karin: { hd: 'exempelbyran.se', email: 'karin@exempelbyran.se', email_verified: true },
      // An account that somebody made with the firm's address, not one of the firm's.
      private: { email: 'karin@exempelbyran.se', email_verified: true },
      elsewhere: { hd: 'elsewhere.example', email: 'karin@exempelbyran.se', email_verified: true },
    },
  },
  // A path in the issuer; the name is «upn», there is no address; groups by name, one alone is no list.
  adfs: {
    path: '/adfs',
    claims: { openid: ['sub', 'upn', 'unique_name', 'auth_time', 'group'] },
    people: {
      karin: { upn: 'karin@exempelbyran.se', unique_name: 'EXEMPEL\\karin', group: 'Samverka' },
      outside: { upn: 'karin@exempelbyran.se', unique_name: 'EXEMPEL\\karin2', group: 'Others' },
    },
  },
};

const named = process.argv.find((word) => word.startsWith('--as='));
const kind = kinds[named ? named.slice(5) : 'plain'];
// Strict: the address is told at the userinfo endpoint only; «--in-token» puts it into the token, as those three do.
const isStrict = !named && !process.argv.includes('--in-token');
let provider;

function begin(issuer) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
  // What is under way lies in the module's memory and goes on with the next one.
  provider = new Provider(issuer, {
    clients: [{
      client_id: 'samverka',
      client_secret: 'a secret of the tests & more',
      redirect_uris: [process.argv[2]],
      token_endpoint_auth_method: 'client_secret_basic',
    }],
    claims: kind.claims,
    conformIdTokenClaims: isStrict,
    cookies: { keys: ['a key of the tests'] },
    jwks: { keys: [key] },
    pkce: { methods: ['S256'], required: () => true },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: id, ...kind.people[id] }) }),
  });
}

const server = createServer((request, response) => {
  if (request.url === '/test/new-keys') {
    begin(provider.issuer);
    response.end();
    return;
  }
  request.originalUrl = request.url;
  // Microsoft answers at the addresses of all tenants («common» too), with the tenant's own issuer.
  const path = named === '--as=entra' ? request.url.match(/^\/[^/]+\/v2\.0/)?.[0] : kind.path;
  if (path && request.url.startsWith(path)) request.url = request.url.slice(path.length);
  provider.callback()(request, response);
});
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}${kind.path}`;
  begin(issuer);
  console.log(JSON.stringify({ issuer }));
});
