// WebSockets by id, on Node.js (with ws) and in the browser. What each sees goes to report(id, line).

const sockets = new Map();

function openSocket(id, url, protocols, options) {
  const socket = new WebSocket(url, protocols, options); // the browser knows no options
  let opened = false;
  sockets.set(id, socket);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => {
    opened = true;
    report(id, `open ${socket.protocol}`.trim());
  };
  socket.onmessage = event =>
    report(id, typeof event.data === 'string' ? `text ${event.data}` : `binary ${hex(event.data)}`);
  socket.onerror = event => report(id, `${opened ? 'error' : 'refused'} ${event.message ?? ''}`.trim());
  socket.onclose = event => report(id, `close ${event.code} ${event.reason}`.trim());
  socket.on?.('ping', () => report(id, 'ping'));
}

function sendText(id, text) {
  sockets.get(id).send(text);
}

function hex(buffer) {
  return [...new Uint8Array(buffer)].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

function closeSocket(id) {
  const socket = sockets.get(id);
  sockets.delete(id);
  if (socket.terminate) {
    socket.terminate();
  } else {
    socket.close();
  }
}
