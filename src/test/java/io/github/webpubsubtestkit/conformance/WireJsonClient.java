package io.github.webpubsubtestkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * A client of {@code json.webpubsub.azure.v1} that has read its {@code connected} message: the "JC"
 * of the cases.
 *
 * <p>Frames are compared as whole texts, key order included, as client-protocols E.4 gives them.
 */
public final class WireJsonClient implements AutoCloseable {

  /** The text of every close for an invalid message (client-protocols E.1). */
  public static final String INVALID = "The client message is not a valid JSON protocol message.";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final WireClient wire;
  private final String connected;
  private final String connectionId;

  private WireJsonClient(WireClient wire, String connected) {
    this.wire = wire;
    this.connected = connected;
    JsonNode message = tree(connected);
    assertThat(message.path("event").asText())
        .as("first frame %s", connected)
        .isEqualTo("connected");
    connectionId = message.path("connectionId").asText();
    assertThat(connectionId).isNotEmpty();
  }

  /** JSON that is easier to read in Java: each single quote stands for a double one. */
  public static String json(String singleQuoted) {
    return singleQuoted.replace('\'', '"');
  }

  /** Reads the {@code connected} message of a fresh connection. */
  public static WireJsonClient on(WireClient wire) {
    return new WireJsonClient(wire, wire.nextText());
  }

  /** The same connection on another socket, on which no {@code connected} message comes. */
  public WireJsonClient continuedOn(WireClient other) {
    return new WireJsonClient(other, connected);
  }

  /** The {@code connected} message as it came. */
  public String connected() {
    return connected;
  }

  /** The connection's id. */
  public String connectionId() {
    return connectionId;
  }

  /** What recovers the connection; empty on a subprotocol that is not reliable. */
  public String reconnectionToken() {
    return tree(connected).path("reconnectionToken").asText();
  }

  /** The connection below. */
  public WireClient wire() {
    return wire;
  }

  /** Sends a message. */
  public void send(String json) {
    wire.sendText(json);
  }

  /** Sends several messages in one write. */
  public void send(List<String> json) {
    wire.send(json.stream().map(WireFrame::text).toList());
  }

  /** The next message as it came. */
  public String next() {
    return wire.nextText();
  }

  /** The next message as a tree. */
  public JsonNode nextTree() {
    return tree(next());
  }

  /** The next message is exactly this text. */
  public void expect(String json) {
    wire.expectText(json);
  }

  /** The next message is the success ack of this id. */
  public void expectAck(long ackId) {
    expect(json("{'type':'ack','ackId':%d,'success':true}".formatted(ackId)));
  }

  /** The next message is the failure ack of this id, with this name and text. */
  public void expectAck(long ackId, String name, String message) {
    // the texts have single quotes of their own, so they come in last
    expect(
        json("{'type':'ack','ackId':%d,'success':false,'error':{'name':'%s','message':'%s'}}")
            .formatted(ackId, name, message));
  }

  /** The next message is the {@code Duplicate} ack of this id. */
  public void expectDuplicate(long ackId) {
    expectAck(ackId, "Duplicate", "Message with ack-id: " + ackId + " has been processed");
  }

  /**
   * The next message is the {@code Forbidden} ack of an operation ("join", "leave", "send to") on a
   * group.
   */
  public void expectForbidden(long ackId, String operation, String group) {
    expectAck(
        ackId,
        "Forbidden",
        "The client does not have permission to " + operation + " group '" + group + "'.");
  }

  /**
   * The connection is open and nothing has arrived: the answer to an application ping is the next
   * frame.
   */
  public void expectOpen() {
    send(json("{'type':'ping'}"));
    expect(json("{'type':'pong'}"));
  }

  /** The service closes for an invalid message, without any message before. */
  public void expectInvalid() {
    wire.expectClose(1007, INVALID);
  }

  /** The service says {@code disconnected} with this text, then closes with 1000 and no reason. */
  public void expectClosedByApplication(String message) {
    expect(json("{'type':'system','event':'disconnected','message':'%s'}").formatted(message));
    wire.expectClose(1000, "");
  }

  @Override
  public void close() {
    wire.close();
  }

  /** A message as a tree. */
  public static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }
}
