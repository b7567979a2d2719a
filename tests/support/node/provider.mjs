// An OpenID provider for tests: oidc-provider of npm as it comes, with one client and three people.
// Arguments: the address where Samverka's server takes the answer. Prints {"issuer": …} when it answers.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(`${process.env.NODE_FOLDER}/`);
const { default: Provider } = await import(require.resolve('oidc-provider'));

const people = {
  karin: { email: 'karin@exempelbyran.se', email_verified: true },
  unverified: { email: 'karin@exempelbyran.se', email_verified: false },
  stranger: { email: 'nobody@elsewhere.example', email_verified: true },
  namesake: { email: 'karin@exempelbyran.se', email_verified: true },
};

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'samverka',
      client_secret: 'a secret of the tests & more',
      redirect_uris: [process.argv[2]],
      token_endpoint_auth_method: 'client_secret_basic',
    }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    // Strict: the address is told at the userinfo endpoint only; «--in-token» puts it into the token.
    conformIdTokenClaims: !process.argv.includes('--in-token'),
    pkce: { methods: ['S256'], required: () => true },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: id, ...people[id] }) }),
  });
  server.on('request', provider.callback());
  console.log(JSON.stringify({ issuer }));
});
