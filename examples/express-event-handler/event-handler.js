// An event handler of Azure Web PubSub, on Express and Microsoft's middleware.
//
//   node event-handler.js [allowed endpoint] ...   PORT says where it listens; without it, it takes a free port
//
// It lets in who gives a name (?name=…), puts them into the group "lobby", and answers their events.

const express = require('express');
const { WebPubSubEventHandler } = require('@azure/web-pubsub-express');

const endpoints = process.argv.slice(2);

const handler = new WebPubSubEventHandler('chat', {
  path: '/eventhandler',
  allowedEndpoints: endpoints.length > 0 ? endpoints : undefined, // undefined allows all

  handleConnect(request, response) {
    const name = request.query.name?.[0];
    if (!name) {
      response.fail(401, 'tell us your name');
      return;
    }
    response.setState('events', 0);
    response.success({ userId: name, groups: ['lobby'], roles: ['webpubsub.sendToGroup.lobby'] });
  },

  onConnected({ context }) {
    console.log(`${context.userId} has come`);
  },

  handleUserEvent({ context, data, dataType }, response) {
    const events = context.states.events + 1;
    response.setState('events', events);
    switch (context.eventName) {
      case 'message': // that is what clients without a subprotocol send
      case 'shout':
        response.success(data.toUpperCase(), 'text');
        break;
      case 'count':
        response.success(JSON.stringify({ events, of: context.userId }), 'json');
        break;
      case 'reverse':
        response.success(Buffer.from(data).reverse(), 'binary');
        break;
      case 'note':
        console.log(`${context.userId} notes ${dataType} ${JSON.stringify(data)}`);
        response.success();
        break;
      default:
        response.fail(400, `what is ${context.eventName}?`);
    }
  },

  onDisconnected({ context, reason }) {
    console.log(`${context.userId} has gone after ${context.states.events} events: ${reason}`);
  },
});

const app = express();

app.use((request, response, next) => {
  const event = request.headers['ce-eventname'] ?? 'validation';
  response.on('finish', () => console.log(`${request.method} ${event} ${response.statusCode}`));
  next();
});
app.use(handler.getMiddleware());

const server = app.listen(process.env.PORT ?? 0, '127.0.0.1', () =>
  console.log(`listening on http://127.0.0.1:${server.address().port}${handler.path}`)
);
