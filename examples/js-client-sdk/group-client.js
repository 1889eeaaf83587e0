// A client on @azure/web-pubsub-client. Joins groups, sends what it is told to, prints what it hears.
//
//   node group-client.js <client URL> [--plain] [--ping <milliseconds>]
//
// --plain takes json.webpubsub.azure.v1 in place of the SDK's default, json.reliable.webpubsub.azure.v1.
// Its input is a command a line:
//
//   join <group>            text <group> <text>      event <name> <text>
//   leave <group>           json <group> <JSON>      again <group>          (joins twice with one ackId)
//                           binary <group> <hex>     stop

const readline = require('readline');
const { WebPubSubClient, WebPubSubJsonProtocol } = require('@azure/web-pubsub-client');

const url = process.argv[2];
if (!url) {
  console.error('usage: node group-client.js <client URL> [--plain] [--ping <milliseconds>]');
  process.exit(2);
}

const options = {};
if (process.argv.includes('--plain')) {
  options.protocol = WebPubSubJsonProtocol();
}
if (process.argv.includes('--ping')) {
  // a lively application: pings often, and takes a silent service for dead after ten of them
  options.keepAliveIntervalInMs = Number(process.argv[process.argv.indexOf('--ping') + 1]);
  options.keepAliveTimeoutInMs = 10 * options.keepAliveIntervalInMs;
}

const client = new WebPubSubClient(url, options);

client.on('connected', e => console.log(`connected as ${e.userId} ${e.connectionId}`));
client.on('disconnected', e => console.log(`disconnected: ${e.message ? e.message.message : 'no message'}`));
client.on('stopped', () => console.log('stopped'));
client.on('group-message', e => console.log(`${e.message.group} ${e.message.fromUserId ?? '-'} ${show(e.message)}`));
client.on('server-message', e => console.log(`server ${show(e.message)}`));
client.on('rejoin-group-failed', e => console.log(`not again in ${e.group}: ${e.error.message}`));

function show({ dataType, data }) {
  switch (dataType) {
    case 'json':
      return `json: ${JSON.stringify(data)}`;
    case 'text':
      return `text: ${data}`;
    default:
      return `${dataType}: ${Buffer.from(data).toString('hex')}`;
  }
}

function bytes(hex) {
  const buffer = Buffer.from(hex, 'hex');
  return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);
}

async function obey(line) {
  const [, command, name, rest] = /^(\S+) ?(\S*) ?(.*)$/.exec(line);
  switch (command) {
    case 'join':
      await client.joinGroup(name);
      return `joined ${name}`;
    case 'leave':
      await client.leaveGroup(name);
      return `left ${name}`;
    case 'text':
      await client.sendToGroup(name, rest, 'text');
      return `sent ${rest}`;
    case 'json':
      await client.sendToGroup(name, JSON.parse(rest), 'json');
      return `sent ${rest}`;
    case 'binary':
      await client.sendToGroup(name, bytes(rest), 'binary');
      return `sent ${rest}`;
    case 'event':
      await client.sendEvent(name, rest, 'text');
      return `sent event ${name}`;
    case 'again': {
      const first = await client.joinGroup(name, { ackId: 4711 });
      const second = await client.joinGroup(name, { ackId: 4711 });
      return `duplicate: ${first.isDuplicated}, ${second.isDuplicated}`;
    }
    case 'stop':
      client.stop();
      return 'stopping';
    default:
      return `what is ${command}?`;
  }
}

client.start().then(
  () =>
    readline.createInterface({ input: process.stdin }).on('line', line => {
      obey(line).then(
        done => console.log(done),
        failed => console.log(`${line} failed: ${failed.errorDetail ? failed.errorDetail.name : failed.message}`));
    }),
  failed => {
    console.log(`not started: ${failed.message}`);
    process.exit(1);
  });

client.on('stopped', () => process.exit(0));
