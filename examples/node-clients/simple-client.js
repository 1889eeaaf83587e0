// A simple client of Azure Web PubSub: no subprotocol, what you type goes to the application.
//
//   node simple-client.js <client URL>            the token is in the URL (access_token=…)
//   node simple-client.js <client URL> --header   the token travels as "Authorization: Bearer"
//
// Get the client URL from the portal or from your application's negotiate endpoint.

const readline = require('readline');
const WebSocket = require('ws');

let url = process.argv[2] || process.env.WEB_PUBSUB_CLIENT_URL;
const headers = {};

if (!url) {
  console.error('usage: node simple-client.js <client URL> [--header]');
  process.exit(2);
}

if (process.argv.includes('--header')) {
  const withoutToken = new URL(url);
  headers.Authorization = 'Bearer ' + withoutToken.searchParams.get('access_token');
  withoutToken.searchParams.delete('access_token');
  url = withoutToken.href;
}

const client = new WebSocket(url, { headers });

client.on('open', () => {
  console.log('connected');

  const input = readline.createInterface({ input: process.stdin });
  input.on('line', line => client.send(line));
  input.on('close', () => client.close(1000));
});

client.on('message', (message, isBinary) => {
  if (isBinary) {
    console.log(`received ${message.length} bytes: ${message.toString('hex')}`);
  } else {
    console.log(`received: ${message}`);
  }
});

client.on('close', code => {
  console.log(`closed: ${code}`);
  process.exit();
});

client.on('error', error => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
