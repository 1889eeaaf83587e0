// All that the tests need on Node.js, in one process: clients on ws (sockets.js), Microsoft's client, and event
// handlers on Microsoft's middleware. Reads a command a line, {"do": …, "id": …, …}, and writes what happens, [id, line].

const { AsyncLocalStorage } = require('node:async_hooks');
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const vm = require('node:vm');
const express = require('express');
const { AzureLogger, setLogLevel } = require('@azure/logger');
const { WebPubSubClient, WebPubSubJsonProtocol } = require('@azure/web-pubsub-client');
const { WebPubSubEventHandler } = require('@azure/web-pubsub-express');

const report = (id, line) => process.stdout.write(`${JSON.stringify([id, line])}\n`);

globalThis.WebSocket = require('ws');
globalThis.report = report;
vm.runInThisContext(fs.readFileSync(path.join(__dirname, 'sockets.js'), 'utf8'));

// what an application cannot catch would end its process
process.on('uncaughtException', error => report('all', `uncaught ${error.message}`));
process.on('unhandledRejection', error => report('all', `unhandled ${error.message}`));

// Microsoft's client tells no one but its log of a connection that it recovers
const whose = new AsyncLocalStorage();
setLogLevel('info');
AzureLogger.log = (...words) => {
  const closed = /WebSocket connection closed. Code: (\d+)/.exec(words.join(' '));
  if (closed) {
    report(whose.getStore(), `closed ${closed[1]}`);
  }
};

const clients = new Map();
const handlers = new Map();

function startClient({ id, urls, plain, options }) {
  let asked = 0;
  const credential = { getClientAccessUrl: async () => urls[Math.min(asked++, urls.length - 1)] };
  const client = new WebPubSubClient(credential, plain ? { ...options, protocol: WebPubSubJsonProtocol() } : options);
  clients.set(id, client);
  client.on('connected', e => report(id, `connected ${e.userId} ${e.connectionId}`));
  client.on('disconnected', e => report(id, `disconnected ${e.message?.message ?? ''}`.trim()));
  client.on('stopped', () => report(id, 'stopped'));
  client.on('group-message', e => report(id, `${e.message.group}: ${show(e.message)}`));
  client.on('server-message', e => report(id, `server: ${show(e.message)}`));
  client.on('rejoin-group-failed', e => report(id, `not again in ${e.group}: ${e.error.message}`));
  whose.run(id, () => client.start()).then(
    () => report(id, 'started'),
    error => report(id, `not started: ${error.message}`));
}

function show({ dataType, data }) {
  return dataType === 'text' ? data : dataType === 'json' ? JSON.stringify(data) : Buffer.from(data).toString('hex');
}

function call({ id, name, method, args, patience }) {
  const options = args[args.length - 1];
  if (patience) {
    options.abortSignal = AbortSignal.timeout(patience);
  }
  clients.get(id)[method](...args).then(
    result => report(id, `${name} done${result.isDuplicated ? ', duplicate' : ''}`),
    error => report(id, `${name} failed: ${error.errorDetail?.name ?? error.message}`));
}

function startHandler({ id, hub }) {
  const middleware = new WebPubSubEventHandler(hub, {
    path: '/eventhandler',
    handleConnect(request, response) {
      report(id, `connect ${request.context.userId}`);
      response.success();
    },
    onConnected: ({ context }) => report(id, `connected ${context.userId}`),
    onDisconnected: ({ context }) => report(id, `disconnected ${context.userId}`),
    handleUserEvent({ context, data }, response) {
      report(id, `${context.eventName} ${data}`);
      response.success(`got ${data}`, 'text');
    },
  });
  const server = express().use(middleware.getMiddleware()).listen(0, '127.0.0.1', () =>
    report(id, `listening on http://127.0.0.1:${server.address().port}${middleware.path}`));
  handlers.set(id, server);
}

const commands = {
  open: ({ id, url, protocols, options }) => openSocket(id, url, protocols, options),
  send: ({ id, text }) => sendText(id, text),
  close: ({ id }) => closeSocket(id),
  start: startClient,
  call,
  stop: ({ id }) => clients.get(id).stop(),
  handle: startHandler,
  unhandle({ id }) {
    handlers.get(id).close();
    handlers.get(id).closeAllConnections();
  },
};

report('all', 'ready');
readline
  .createInterface({ input: process.stdin })
  .on('line', line => {
    const command = JSON.parse(line);
    commands[command.do](command);
  })
  .on('close', () => process.exit(0));
