// A server on @azure/web-pubsub that does what it is told: each line of its input is a call in JSON,
//   {"method": "sendToUser", "args": ["alice", "hi", {"contentType": "text/plain"}]}
// with "group" for the methods of a group, and each is answered by a line, "ok" with the result or
// "failed" with status and message. Of a problem document, which the SDK hands on as it is, the
// message is behind "problem". An argument {"bytes": "0001ff"} stands for binary data,
// {"stream": "0001ff"} for a stream of unknown length.

const { WebPubSubServiceClient } = require("@azure/web-pubsub");
const { createInterface } = require("node:readline");
const { Readable } = require("node:stream");

const [connectionString, hub] = process.argv.slice(2);

// the SDK refuses plain http unless it is allowed
const service = new WebPubSubServiceClient(connectionString, hub, { allowInsecureConnection: true });

function argument(value) {
  if (value !== null && typeof value === "object") {
    if (typeof value.bytes === "string") {
      return Uint8Array.from(Buffer.from(value.bytes, "hex"));
    }
    if (typeof value.stream === "string") {
      return () => Readable.from([Buffer.from(value.stream, "hex")]);
    }
  }
  return value;
}

async function call({ method, group, args = [] }) {
  const target = group === undefined ? service : service.group(group);
  const result = await target[method](...args.map(argument));
  if (result !== undefined && result !== null && result[Symbol.asyncIterator] !== undefined) {
    const all = [];
    for await (const each of result) {
      all.push(each);
    }
    return all;
  }
  return result;
}

function reason(error) {
  // the SDK parses application/json only; what Azure says of a filter is application/problem+json
  return error.message.startsWith("{") ? `problem ${JSON.parse(error.message).message}` : error.message;
}

async function main() {
  console.log("ready");
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      const result = await call(JSON.parse(line));
      console.log(`ok ${JSON.stringify(result === undefined ? null : result)}`);
    } catch (error) {
      console.log(`failed ${error.statusCode} ${reason(error)}`.replace(/\s+/g, " "));
    }
  }
}

main();
