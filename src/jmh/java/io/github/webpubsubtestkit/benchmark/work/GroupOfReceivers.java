package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.benchmark.client.KeptAliveCaller;
import io.github.webpubsubtestkit.benchmark.client.MaskedFrames;
import io.github.webpubsubtestkit.benchmark.client.Receivers;
import io.github.webpubsubtestkit.benchmark.rival.Rival;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Receivers that get everything which the first of them sends. */
final class GroupOfReceivers implements AutoCloseable {

  private static final String DATA = "x".repeat(100);

  /** What a member of the group sends to the fake. */
  private static final String REQUEST =
      """
      {"type":"sendToGroup","group":"room","dataType":"text","data":"%s"}"""
          .formatted(DATA);

  /** What the fake makes of it: the others send as many bytes to as many receivers. */
  private static final String MESSAGE =
      """
      {"type":"message","from":"group","fromUserId":"alice","group":"room","dataType":"text","data":"%s"}"""
          .formatted(DATA);

  private final Receivers receivers;
  private final ByteBuffer burst;
  private final int count;
  private final int messages;
  private long expected;

  private GroupOfReceivers(Receivers receivers, ByteBuffer burst, int count, int messages) {
    this.receivers = receivers;
    this.burst = burst;
    this.count = count;
    this.messages = messages;
    this.expected = receivers.frames();
  }

  /** Members of one group; the messages of a burst are sent in one piece. */
  static GroupOfReceivers of(FakeWebPubSub service, Protocol protocol, int count, int messages)
      throws Exception {
    URI url =
        service.clientUrl(
            ConnectOptions.asUser("alice").roles("webpubsub.sendToGroup.room").groups("room"));
    Receivers receivers = Receivers.open(count, url, protocol.subprotocol());
    receivers.awaitFrames(count); // the connected messages
    ByteBuffer burst =
        protocol == Protocol.PROTOBUF
            ? MaskedFrames.of(protobufRequest(), messages)
            : MaskedFrames.of(REQUEST, messages);
    return new GroupOfReceivers(receivers, burst, count, messages);
  }

  /** The same request as {@code send_to_group_message { group, data { text_data } }}. */
  private static byte[] protobufRequest() {
    byte[] data = DATA.getBytes(StandardCharsets.US_ASCII);
    byte[] group = "room".getBytes(StandardCharsets.US_ASCII);
    int messageData = 2 + data.length;
    int content = 2 + group.length + 2 + messageData;
    return ByteBuffer.allocate(2 + content)
        .put(new byte[] {0x0A, (byte) content, 0x0A, (byte) group.length})
        .put(group)
        .put(new byte[] {0x1A, (byte) messageData, 0x0A, (byte) data.length})
        .put(data)
        .array();
  }

  /** Clients of a server that sends to all. */
  static GroupOfReceivers of(Rival server, int count, int messages) throws Exception {
    Receivers receivers = Receivers.open(count, server.uri(), "");
    server.arrivals().await(count);
    return new GroupOfReceivers(receivers, MaskedFrames.of(MESSAGE, messages), count, messages);
  }

  /**
   * Sends one burst and waits until all have all of it. The baseline loses a write now and then,
   * until the next one: then another burst is sent.
   */
  void burst() throws Exception {
    do {
      receivers.send(burst);
      expected += (long) count * messages;
    } while (!receivers.awaitFrames(expected, 2_000));
  }

  /** Has somebody else send one message to the group, and waits until all have it. */
  void sentBy(KeptAliveCaller server) throws Exception {
    server.call();
    expected += count;
    receivers.awaitFrames(expected);
  }

  @Override
  public void close() throws Exception {
    receivers.close();
  }
}
