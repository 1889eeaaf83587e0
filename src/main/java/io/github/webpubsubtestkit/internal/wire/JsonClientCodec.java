package io.github.webpubsubtestkit.internal.wire;

import com.fasterxml.jackson.core.JsonToken;
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
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The client's side of {@code json.webpubsub.azure.v1} (client-protocols E.2 to E.4). */
final class JsonClientCodec implements ClientCodec, ServiceMessage.Decoder<JsonObject> {

  @Override
  public EncodedMessage joinGroup(JoinGroup request) {
    return groupRequest("joinGroup", request.group(), request.ackId());
  }

  @Override
  public EncodedMessage leaveGroup(LeaveGroup request) {
    return groupRequest("leaveGroup", request.group(), request.ackId());
  }

  @Override
  public EncodedMessage sendToGroup(SendToGroup request) {
    JsonText json =
        new JsonText(128 + request.payload().bytes().length)
            .raw("{\"type\":\"sendToGroup\",\"group\":")
            .string(request.group())
            .raw(",");
    if (request.noEcho()) {
      json.raw("\"noEcho\":true,");
    }
    if (request.ttlSeconds() > 0) {
      json.raw("\"ttlSeconds\":").raw(Integer.toString(request.ttlSeconds())).raw(",");
    }
    return acknowledged(json.payload(request.payload()), request.ackId());
  }

  @Override
  public EncodedMessage event(Event request) {
    return acknowledged(
        new JsonText(128 + request.payload().bytes().length)
            .raw("{\"type\":\"event\",\"event\":")
            .string(request.event())
            .raw(",")
            .payload(request.payload()),
        request.ackId());
  }

  @Override
  public EncodedMessage ping(Ping request) {
    return new JsonText(16).raw("{\"type\":\"ping\"}").toMessage();
  }

  @Override
  public EncodedMessage sequenceAck(SequenceAck request) {
    return new JsonText(64)
        .raw("{\"type\":\"sequenceAck\",\"sequenceId\":")
        .raw(Long.toUnsignedString(request.sequenceId()))
        .raw("}")
        .toMessage();
  }

  private static EncodedMessage groupRequest(String type, String group, @Nullable AckId ackId) {
    return acknowledged(
        new JsonText(64).raw("{\"type\":\"").raw(type).raw("\",\"group\":").string(group), ackId);
  }

  private static EncodedMessage acknowledged(JsonText json, @Nullable AckId ackId) {
    return (ackId == null ? json : json.raw(",\"ackId\":").raw(ackId.toString()))
        .raw("}")
        .toMessage();
  }

  @Override
  public ServiceMessage decode(boolean text, byte[] message) throws MalformedMessageException {
    if (!text) {
      throw new MalformedMessageException("a binary message on a JSON subprotocol");
    }
    try {
      return message(JsonObject.parse(message));
    } catch (IOException | IllegalArgumentException e) {
      throw new MalformedMessageException(
          e.getMessage() + ": " + new String(message, StandardCharsets.UTF_8));
    }
  }

  private ServiceMessage message(JsonObject json) throws IOException {
    String type = required(json, "type");
    return switch (type) {
      case "ack" -> ack(json);
      case "pong" -> pong(json);
      case "message" -> data(json);
      case "system" ->
          switch (required(json, "event")) {
            case "connected" -> connected(json);
            case "disconnected" -> disconnected(json);
            default -> throw new IOException("unknown system event");
          };
      default -> throw new IOException("unknown type '" + type + "'");
    };
  }

  @Override
  public Connected connected(JsonObject json) throws IOException {
    return new Connected(
        required(json, "connectionId"),
        optional(json, "userId"),
        optional(json, "reconnectionToken"));
  }

  @Override
  public Disconnected disconnected(JsonObject json) throws IOException {
    return new Disconnected(required(json, "message"));
  }

  @Override
  public Ack ack(JsonObject json) throws IOException {
    return new Ack(new AckId(unsigned(json, "ackId")), error(json));
  }

  @Override
  public Data data(JsonObject json) throws IOException {
    Long sequenceId = json.has("sequenceId") ? unsigned(json, "sequenceId") : null;
    return switch (required(json, "from")) {
      case "group" ->
          Data.fromGroup(
              required(json, "group"), optional(json, "fromUserId"), payload(json), sequenceId);
      case "server" -> Data.fromServer(payload(json), sequenceId);
      default -> throw new IOException("unknown origin of a message");
    };
  }

  @Override
  public Pong pong(JsonObject json) {
    return new Pong();
  }

  private static Payload payload(JsonObject json) throws IOException {
    String name = required(json, "dataType");
    PayloadType type =
        PayloadType.ofWireName(name)
            .orElseThrow(() -> new IOException("unknown dataType '" + name + "'"));
    byte[] bytes =
        switch (type) {
          case JSON -> json.raw("data");
          case TEXT -> json.stringBytes("data");
          case BINARY, PROTOBUF -> Base64.getDecoder().decode(json.stringBytes("data"));
        };
    return new Payload(
        type,
        bytes,
        json.has("metadata") && !json.isNull("metadata") ? json.strings("metadata") : null);
  }

  private static @Nullable AckError error(JsonObject json) throws IOException {
    JsonToken success = json.kind("success");
    if (success == JsonToken.VALUE_TRUE) {
      return null;
    }
    if (success != JsonToken.VALUE_FALSE || json.kind("error") != JsonToken.START_OBJECT) {
      throw new IOException("an ack without success or error");
    }
    JsonObject error = json.object("error");
    return new AckError(required(error, "name"), required(error, "message"));
  }

  private static String required(JsonObject json, String name) throws IOException {
    String value = optional(json, name);
    if (value == null) {
      throw new IOException(String.format(Locale.ROOT, "'%s' is missing", name));
    }
    return value;
  }

  private static @Nullable String optional(JsonObject json, String name) throws IOException {
    if (!json.has(name) || json.isNull(name)) {
      return null;
    }
    if (json.kind(name) != JsonToken.VALUE_STRING) {
      throw new IOException("'" + name + "' is no string");
    }
    return json.string(name);
  }

  private static long unsigned(JsonObject json, String name) throws IOException {
    if (json.kind(name) != JsonToken.VALUE_NUMBER_INT) {
      throw new IOException("'" + name + "' is no number");
    }
    return Long.parseUnsignedLong(json.literal(name));
  }
}
