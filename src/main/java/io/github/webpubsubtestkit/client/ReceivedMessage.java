package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.UserFrames;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.secrets.Display;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Bytes;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.PackedMessage;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.PayloadType;
import io.github.webpubsubtestkit.internal.wire.ProtobufValue;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Data;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.AssertProvider;

/**
 * A message that a client received. Immutable.
 *
 * <p>A {@link PubSubClient}'s message contains its origin. A {@link SimpleClient} receives only the
 * content, without group, sender and metadata, and a JSON value cannot be distinguished from a
 * text.
 *
 * <pre>{@code
 * ReceivedMessage first = alice.messages().get(0);
 * assertThat(first).isFromGroup("room").hasText("hi");
 * }</pre>
 *
 * @since 0.1
 */
public final class ReceivedMessage implements AssertProvider<MessageAssert> {

  private static final int MAX_IN_HEADLINE = 30;

  private final Data message;
  private final boolean ofSimpleClient;
  private final DataType dataType;
  private final Map<String, String> metadata;
  private final Duration receivedAt;
  private final ObjectMapping mapping;

  private ReceivedMessage(
      Data message, boolean ofSimpleClient, Duration receivedAt, ObjectMapping mapping) {
    this.mapping = mapping;
    this.message = message;
    this.ofSimpleClient = ofSimpleClient;
    this.dataType = DataType.of(message.payload().type());
    Map<String, String> given = message.payload().metadata();
    this.metadata =
        given == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(given));
    this.receivedAt = receivedAt;
  }

  static ReceivedMessage of(Data message, Duration at, ObjectMapping mapping) {
    return new ReceivedMessage(message, false, at, mapping);
  }

  /** A frame without an envelope: nothing says where it came from. */
  static ReceivedMessage ofSimpleClient(
      boolean text, byte[] frame, Duration at, ObjectMapping mapping) {
    Payload payload = text ? Payload.text(frame) : Payload.binary(frame);
    return new ReceivedMessage(Data.fromServer(payload), true, at, mapping);
  }

  /**
   * Returns whether the server sent it to a connection, a user or a hub, or as the response of an
   * event handler. A message that the server sends to a group counts as from the group.
   *
   * @return false also if a {@link SimpleClient} received it
   * @since 0.1
   */
  public boolean isFromServer() {
    return !ofSimpleClient && message.group() == null;
  }

  /**
   * Returns the group it was sent to.
   *
   * @return the group; empty if it came from the server or a {@link SimpleClient} received it
   * @since 0.1
   */
  public Optional<String> group() {
    return Optional.ofNullable(message.group());
  }

  /**
   * Returns the user whose client sent it to the group.
   *
   * @return the user id; empty if the server sent it, the sender has no user id, or a {@link
   *     SimpleClient} received it
   * @since 0.1
   */
  public Optional<String> fromUserId() {
    return Optional.ofNullable(message.fromUserId());
  }

  /**
   * Returns the type of its data. For a {@link SimpleClient}'s message: text for a text frame, even
   * if JSON was sent, else binary.
   *
   * @return the type
   * @since 0.1
   */
  public DataType dataType() {
    return dataType;
  }

  /**
   * Returns the text.
   *
   * @return the text; may be empty
   * @throws IllegalStateException if this is not a text message
   * @since 0.1
   */
  public String text() {
    if (dataType != DataType.TEXT) {
      throw wrongType("text()", "a text");
    }
    return utf8();
  }

  /**
   * Returns the JSON text, exactly as it was sent.
   *
   * @return the text, also of a text frame that a {@link SimpleClient} received
   * @throws IllegalStateException if this is not a JSON message
   * @since 0.1
   */
  public String json() {
    if (!mayBeJson()) {
      throw wrongType("json()", "a JSON value");
    }
    return utf8();
  }

  /**
   * The JSON value as an object, made by the application's mapper: that of the fake's {@code
   * jsonMapper}, else the only Jackson on the class path. Without either of them there are {@code
   * Map}, {@code List}, {@code String}, {@code Boolean} and classes of numbers.
   *
   * <pre>{@code
   * Bid bid = bob.messages().get(0).json(Bid.class);
   * }</pre>
   *
   * @param <T> the type of the object
   * @param type its class
   * @return the object
   * @throws IllegalArgumentException if the value cannot be read as that; the message names the
   *     mapper
   * @throws IllegalStateException if this is not a JSON message
   * @since 0.1
   */
  public <T> T json(Class<T> type) {
    notNull(type, "json", "type");
    return UserFrames.beginning(() -> mapping.read(json(), type));
  }

  /**
   * The protobuf message that this message carries in a {@code google.protobuf.Any}.
   *
   * <pre>{@code
   * Order order = bob.messages().get(0).protobuf(Order.class);
   * }</pre>
   *
   * @param <T> the type of the message
   * @param messageType the generated class, or {@code com.google.protobuf.Any} for the Any itself
   * @return the message
   * @throws IllegalArgumentException if the class is not a protobuf message class
   * @throws IllegalStateException if this is not a protobuf message or carries one of another type,
   *     or if {@code com.google.protobuf:protobuf-java} is not on the class path
   * @since 0.1
   */
  public <T> T protobuf(Class<T> messageType) {
    notNull(messageType, "protobuf", "messageType");
    String method = "protobuf(" + messageType.getSimpleName() + ".class)";
    if (!isProtobuf()) {
      throw wrongType(method, "a protobuf message");
    }
    return ProtobufValue.unpack(data(), messageType)
        .orElseThrow(() -> wrongType(method, "a " + messageType.getName()));
  }

  /**
   * Returns the bytes; for a protobuf message, those of the serialized {@code google.protobuf.Any}.
   *
   * @return a copy
   * @throws IllegalStateException if this is neither a binary nor a protobuf message
   * @since 0.1
   */
  public byte[] binary() {
    if (!isBytes()) {
      throw wrongType("binary()", "bytes");
    }
    return data().clone();
  }

  /**
   * Returns the metadata given by the sender.
   *
   * @return an unmodifiable map; may be empty
   * @since 0.1
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Returns the number assigned by the service. On a reliable connection the messages are numbered
   * from 1; a message that is sent again keeps its number.
   *
   * @return the number; empty on a subprotocol that is not reliable; numbers above {@link
   *     Long#MAX_VALUE} are negative here
   * @since 0.1
   */
  public OptionalLong sequenceId() {
    Long sequenceId = message.sequenceId();
    return sequenceId == null ? OptionalLong.empty() : OptionalLong.of(sequenceId);
  }

  /**
   * Returns the time at which it arrived.
   *
   * @return the time since the start of the service's timeline
   * @since 0.1
   */
  public Duration receivedAt() {
    return receivedAt;
  }

  /**
   * Supports {@code assertThat} and {@code then} of AssertJ.
   *
   * @return assertions on this message
   * @since 0.1
   */
  @Override
  public MessageAssert assertThat() {
    return new MessageAssert(this);
  }

  /**
   * Returns time, origin, type and content on one line; long contents are cut.
   *
   * @return for example {@code +0.012 s group orders text "order 42 packed"}
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(Timeline.seconds(receivedAt));
    for (String column : columns()) {
      if (!column.isEmpty()) {
        out.append(' ').append(column);
      }
    }
    return out.append(' ').append(content()).toString();
  }

  ObjectMapping mapping() {
    return mapping;
  }

  boolean isOfSimpleClient() {
    return ofSimpleClient;
  }

  /**
   * Returns whether it may have this data type: a simple client cannot distinguish JSON from text.
   */
  boolean mayBe(PayloadType type) {
    return message.payload().type() == type
        || (type == PayloadType.JSON && dataType == DataType.TEXT && isOfSimpleClient());
  }

  boolean mayBeJson() {
    return mayBe(PayloadType.JSON);
  }

  boolean isBytes() {
    return isBinary() || isProtobuf();
  }

  boolean isBinary() {
    return dataType == DataType.BINARY;
  }

  /**
   * Returns whether it is known to be protobuf; a simple client receives the {@code Any} as plain
   * binary data.
   */
  boolean isProtobuf() {
    return dataType == DataType.PROTOBUF;
  }

  /** The bytes themselves, which must not be modified. */
  byte[] data() {
    return message.payload().bytes();
  }

  String utf8() {
    return message.payload().string();
  }

  /** How its content is shown to people. */
  Display display() {
    return mapping.display();
  }

  private String shownText() {
    return display().of(utf8());
  }

  Arrival arrival(List<String> notes, boolean keep) {
    return new Arrival(receivedAt, columns(), content(), notes, keep);
  }

  private List<String> columns() {
    String group = message.group();
    String from = isFromServer() ? "server" : "";
    if (group != null) {
      String userId = message.fromUserId();
      from = "group " + group + (userId == null ? "" : ", from " + userId);
    }
    return List.of(FailureText.content(from), dataType.wireName());
  }

  /** Returns whether its content is too long for a headline, which it shares with another. */
  boolean isLong() {
    return dataType != DataType.BINARY && shownData().length() > MAX_IN_HEADLINE;
  }

  /** The content in a headline. */
  Headline headline() {
    return switch (dataType) {
      case TEXT -> Headline.of("").quoted(shownText());
      case JSON -> Headline.of("JSON ").value(shownText());
      case BINARY, PROTOBUF -> Headline.of(dataType.wireName() + " ").value(shownData());
    };
  }

  /** The content for tools that compare it with another; without secrets. */
  String comparable() {
    return isBytes() ? shownData() : Secrets.mask(shownText());
  }

  /** {@code an Any of google.protobuf.Int32Value}, if binary data are one. */
  Optional<String> describePacked() {
    return isBinary()
        ? ProtobufValue.look(data())
            .map(PackedMessage::typeName)
            .filter(name -> !name.isEmpty())
            .map(name -> "an Any of " + FailureText.content(name))
        : Optional.empty();
  }

  /** The type and content, without metadata. */
  String describeContent() {
    return dataType.wireName() + " " + shownData();
  }

  private String content() {
    Long sequenceId = message.sequenceId();
    return shownData()
        + (metadata.isEmpty()
            ? ""
            : "  metadata " + FailureText.content(display().of(metadata.toString())))
        + (sequenceId == null ? "" : "  sequenceId " + Long.toUnsignedString(sequenceId));
  }

  private String shownData() {
    return switch (dataType) {
      case TEXT -> FailureText.quotedContent(shownText());
      case JSON -> FailureText.content(shownText());
      case BINARY -> Bytes.describe(data());
      case PROTOBUF ->
          ProtobufValue.look(data())
              .map(it -> FailureText.content(it.typeUrl()) + "  " + Bytes.describe(it.value()))
              .orElseGet(() -> Bytes.describe(data()));
    };
  }

  private IllegalStateException wrongType(String method, String wanted) {
    IllegalStateException failure =
        new IllegalStateException(
            method + " needs a message that carries " + wanted + " but this one is: " + this);
    UserFrames.trim(failure);
    return failure;
  }
}
