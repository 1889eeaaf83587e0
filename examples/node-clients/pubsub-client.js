// A PubSub client of Azure Web PubSub: joins a group, and what you type goes to the group.
//
//   node pubsub-client.js <client URL> <group>
//   node pubsub-client.js <client URL> <group> --header
//
// The client URL's token needs the roles webpubsub.joinLeaveGroup and webpubsub.sendToGroup.

const readline = require('readline');
const WebSocket = require('ws');

let url = process.argv[2] || process.env.WEB_PUBSUB_CLIENT_URL;
const group = process.argv[3] || 'group1';
const headers = {};

if (!url) {
  console.error('usage: node pubsub-client.js <client URL> <group> [--header]');
  process.exit(2);
}

if (process.argv.includes('--header')) {
  const withoutToken = new URL(url);
  headers.Authorization = 'Bearer ' + withoutToken.searchParams.get('access_token');
  withoutToken.searchParams.delete('access_token');
  url = withoutToken.href;
}

const client = new WebSocket(url, 'json.webpubsub.azure.v1', { headers });
let ackId = 0;

function send(request) {
  client.send(JSON.stringify({ ...request, ackId: ++ackId }));
}

client.on('open', () => {
  send({ type: 'joinGroup', group });
});

client.on('message', data => {
  const message = JSON.parse(data);
  switch (message.type) {
    case 'system':
      if (message.event === 'connected') {
        console.log(`connected as ${message.userId}`);
      }
      break;

    case 'ack':
      if (!message.success) {
        console.log(`request ${message.ackId} failed: ${message.error.name}`);
      } else if (message.ackId === 1) {
        console.log(`joined ${group}`);
        speak();
      }
      break;

    case 'message':
      console.log(`${message.group || message.from} ${message.fromUserId || '-'} ${message.dataType}: ${show(message)}`);
      break;
  }
});

function show(message) {
  return message.dataType === 'json' ? JSON.stringify(message.data) : message.data;
}

function speak() {
  const input = readline.createInterface({ input: process.stdin });
  input.on('line', line => send({ type: 'sendToGroup', group, dataType: 'text', data: line, noEcho: true }));
  input.on('close', () => client.close(1000));
}

client.on('close', code => {
  console.log(`closed: ${code}`);
  process.exit();
});

client.on('error', error => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
