package io.github.webpubsubtestkit.internal.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.JoinGroup;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.LeaveGroup;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.Ping;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SendToGroup;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SequenceAck;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Ack;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.AckError;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Connected;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Data;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Disconnected;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Pong;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The service's side of {@code json.webpubsub.azure.v1} and {@code
 * json.reliable.webpubsub.azure.v1} (client-protocols E.1 to E.4, F.1).
 */
final class JsonServiceCodec implements ServiceCodec, ClientRequest.Decoder<JsonObject> {

  /** The reason of the close for an invalid message (client-protocols E.1). */
  static final String INVALID = "The client message is not a valid JSON protocol message.";

  /** The reason of the close for a binary message (client-protocols E.1). */
  static final String TEXT_REQUIRED = "The JSON subprotocol requires text messages.";

  private static final byte[] SEQUENCE_ID = ",\"sequenceId\":".getBytes(StandardCharsets.US_ASCII);

  private static final EncodedMessage PONG =
      new JsonText(16).raw("{\"type\":\"pong\"}").toMessage();

  private final boolean nullFromUserId;
  private final boolean omitNullUserId;

  /** A codec that asks for {@code NULL_FROM_USER_ID} and {@code OMIT_NULL_USER_ID}. */
  JsonServiceCodec(Options options) {
    nullFromUserId = options.isOn(Option.NULL_FROM_USER_ID);
    omitNullUserId = options.isOn(Option.OMIT_NULL_USER_ID);
  }

  @Override
  public ClientRequest decode(boolean text, byte[] message) throws ProtocolViolation {
    if (!text) {
      throw new ProtocolViolation(1003, TEXT_REQUIRED, "a binary message");
    }
    try {
      return request(JsonObject.parse(message));
    } catch (IOException e) {
      throw new ProtocolViolation(1007, INVALID, String.valueOf(e.getMessage()));
    }
  }

  private ClientRequest request(JsonObject json) throws IOException {
    String type = requiredString(json, "type").toLowerCase(Locale.ROOT);
    return switch (type) {
      case "joingroup" -> joinGroup(json);
      case "leavegroup" -> leaveGroup(json);
      case "sendtogroup" -> sendToGroup(json);
      case "event" -> event(json);
      case "ping" -> ping(json);
      case "sequenceack" -> sequenceAck(json);
      default -> throw new IOException("unknown type '" + type + "'");
    };
  }

  @Override
  public JoinGroup joinGroup(JsonObject json) throws IOException {
    AckId ackId = ackId(json);
    return new JoinGroup(group(json), ackId);
  }

  @Override
  public LeaveGroup leaveGroup(JsonObject json) throws IOException {
    AckId ackId = ackId(json);
    return new LeaveGroup(group(json), ackId);
  }

  /**
   * Parses the request; the start of a stream is one of the newer families (client-protocols E.8).
   */
  @Override
  public SendToGroup sendToGroup(JsonObject json) throws IOException {
    AckId ackId = ackId(json);
    if (json.has("stream")) {
      throw new IOException("streams are not understood");
    }
    return new SendToGroup(group(json), payload(json), noEcho(json), ttlSeconds(json), ackId);
  }

  @Override
  public Event event(JsonObject json) throws IOException {
    AckId ackId = ackId(json);
    String name = RequestRules.event(requiredString(json, "event"));
    return new Event(name, payload(json), ackId);
  }

  @Override
  public Ping ping(JsonObject json) throws IOException {
    checkAckId(json);
    return new Ping();
  }

  @Override
  public SequenceAck sequenceAck(JsonObject json) throws IOException {
    checkAckId(json);
    return new SequenceAck(unsigned(json, "sequenceId"));
  }

  /** Checks the ack id; it is also invalid in a request that does not use one. */
  private static void checkAckId(JsonObject json) throws IOException {
    if (!isAbsent(json, "ackId")) {
      unsigned(json, "ackId");
    }
  }

  private static String requiredString(JsonObject json, String name) throws IOException {
    if (json.kind(name) != JsonToken.VALUE_STRING) {
      throw new IOException("'" + name + "' is missing or no string");
    }
    return json.string(name);
  }

  private static String group(JsonObject json) throws IOException {
    return RequestRules.group(requiredString(json, "group"));
  }

  private static @Nullable AckId ackId(JsonObject json) throws IOException {
    return isAbsent(json, "ackId") ? null : new AckId(unsigned(json, "ackId"));
  }

  private static boolean isAbsent(JsonObject json, String name) {
    return !json.has(name) || json.isNull(name);
  }

  /**
   * Parses an unsigned number: digits only, without sign, fraction or exponent (client-protocols
   * E.2).
   */
  private static long unsigned(JsonObject json, String name) throws IOException {
    if (json.kind(name) == JsonToken.VALUE_NUMBER_INT) {
      try {
        return Long.parseUnsignedLong(json.literal(name));
      } catch (NumberFormatException e) {
        throw new IOException("'" + name + "' is no unsigned 64-bit number", e);
      }
    }
    throw new IOException("'" + name + "' is missing or no unsigned whole number");
  }

  private static boolean noEcho(JsonObject json) throws IOException {
    JsonToken kind = json.kind("noEcho");
    if (kind != null && !kind.isBoolean()) {
      throw new IOException("'noEcho' is no boolean");
    }
    return kind == JsonToken.VALUE_TRUE;
  }

  private static int ttlSeconds(JsonObject json) throws IOException {
    return isAbsent(json, "ttlSeconds") ? 0 : RequestRules.ttlSeconds(unsigned(json, "ttlSeconds"));
  }

  private static Payload payload(JsonObject json) throws IOException {
    PayloadType type = dataType(json);
    Map<String, String> metadata = isAbsent(json, "metadata") ? null : metadata(json);
    if (!json.has("data")) {
      if (metadata == null) {
        throw new IOException("'data' is missing");
      }
      return Payload.text("").withMetadata(metadata);
    }
    if (type == PayloadType.JSON) {
      if (json.isNull("data")) {
        throw new IOException("'data' is null");
      }
      return new Payload(type, json.raw("data"), metadata);
    }
    if (json.kind("data") != JsonToken.VALUE_STRING) {
      throw new IOException("'data' of dataType " + type.wireName() + " is no string");
    }
    byte[] content = json.stringBytes("data");
    return new Payload(type, type == PayloadType.TEXT ? content : base64(content), metadata);
  }

  private static PayloadType dataType(JsonObject json) throws IOException {
    if (!json.has("dataType")) {
      return PayloadType.JSON;
    }
    String name = requiredString(json, "dataType");
    return PayloadType.ofWireName(name)
        .filter(type -> type != PayloadType.PROTOBUF)
        .orElseThrow(() -> new IOException("unknown dataType '" + name + "'"));
  }

  private static Map<String, String> metadata(JsonObject json) throws IOException {
    return RequestRules.metadata(json.strings("metadata"));
  }

  /**
   * Decodes padded base64 in the standard alphabet (client-protocols E.3); Java's decoder alone
   * would also accept unpadded text.
   */
  private static byte[] base64(byte[] text) throws IOException {
    if (text.length % 4 != 0) {
      throw new IOException("'data' is no padded base64");
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("'data' is no base64", e);
    }
  }

  @Override
  public EncodedMessage connected(Connected message) {
    JsonText json = new JsonText(160).raw("{\"type\":\"system\",\"event\":\"connected\",");
    String userId = message.userId();
    if (userId != null) {
      json.raw("\"userId\":").string(userId).raw(",");
    } else if (!omitNullUserId) {
      json.raw("\"userId\":null,");
    }
    json.raw("\"connectionId\":").string(message.connectionId());
    String token = message.reconnectionToken();
    if (token != null) {
      json.raw(",\"reconnectionToken\":").string(token);
    }
    return json.raw("}").toMessage();
  }

  @Override
  public EncodedMessage disconnected(Disconnected message) {
    return new JsonText(128)
        .raw("{\"type\":\"system\",\"event\":\"disconnected\",\"message\":")
        .string(message.message())
        .raw("}")
        .toMessage();
  }

  @Override
  public EncodedMessage ack(Ack message) {
    JsonText json =
        new JsonText(64).raw("{\"type\":\"ack\",\"ackId\":").raw(message.ackId().toString());
    AckError error = message.error();
    if (error == null) {
      return json.raw(",\"success\":true}").toMessage();
    }
    return json.raw(",\"success\":false,\"error\":{\"name\":")
        .string(error.name())
        .raw(",\"message\":")
        .string(error.message())
        .raw("}}")
        .toMessage();
  }

  @Override
  public EncodedMessage data(Data message) {
    JsonText json = new JsonText(128 + message.payload().bytes().length);
    String group = message.group();
    if (group == null) {
      json.raw("{\"type\":\"message\",\"from\":\"server\",");
    } else {
      json.raw("{\"type\":\"message\",\"from\":\"group\",\"group\":").string(group).raw(",");
      String fromUserId = message.fromUserId();
      if (fromUserId != null) {
        json.raw("\"fromUserId\":").string(fromUserId).raw(",");
      } else if (nullFromUserId) {
        json.raw("\"fromUserId\":null,");
      }
    }
    json.payload(message.payload());
    Long sequenceId = message.sequenceId();
    if (sequenceId != null) {
      json.raw(",\"sequenceId\":").raw(Long.toUnsignedString(sequenceId));
    }
    return json.raw("}").toMessage();
  }

  @Override
  public EncodedMessage pong(Pong message) {
    return PONG;
  }

  /** Adds the id after all other properties, before the last brace. */
  @Override
  public EncodedMessage withSequenceId(EncodedMessage message, long sequenceId) {
    byte[] shared = message.bytes();
    int digits = digits(sequenceId);
    byte[] bytes = Arrays.copyOf(shared, shared.length + SEQUENCE_ID.length + digits);
    int end = shared.length - 1;
    System.arraycopy(SEQUENCE_ID, 0, bytes, end, SEQUENCE_ID.length);
    long rest = sequenceId;
    for (int i = end + SEQUENCE_ID.length + digits - 1; i >= end + SEQUENCE_ID.length; i--) {
      bytes[i] = (byte) ('0' + Long.remainderUnsigned(rest, 10));
      rest = Long.divideUnsigned(rest, 10);
    }
    bytes[bytes.length - 1] = '}';
    return new EncodedMessage(true, bytes);
  }

  private static int digits(long unsigned) {
    int digits = 1;
    for (long rest = Long.divideUnsigned(unsigned, 10);
        rest != 0;
        rest = Long.divideUnsigned(rest, 10)) {
      digits++;
    }
    return digits;
  }
}
