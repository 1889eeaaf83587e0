package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.timeline.Bytes;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
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
 * <p>A {@link PubSubClient}'s message says where it came from. A {@link SimpleClient} gets the bare
 * content: neither group nor sender nor metadata, and a JSON value cannot be told from a text.
 *
 * <pre>{@code
 * ReceivedMessage first = alice.messages().get(0);
 * assertThat(first).isFromGroup("room").hasText("hi");
 * }</pre>
 *
 * @since 0.1
 */
public final class ReceivedMessage implements AssertProvider<MessageAssert> {

  private final Data message;
  private final boolean ofSimpleClient;
  private final DataType dataType;
  private final Map<String, String> metadata;
  private final Duration receivedAt;

  private ReceivedMessage(Data message, boolean ofSimpleClient, Duration receivedAt) {
    this.message = message;
    this.ofSimpleClient = ofSimpleClient;
    this.dataType = DataType.of(message.payload().type());
    Map<String, String> given = message.payload().metadata();
    this.metadata =
        given == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(given));
    this.receivedAt = receivedAt;
  }

  static ReceivedMessage of(Data message, Duration at) {
    return new ReceivedMessage(message, false, at);
  }

  /** A frame without an envelope: nothing says where it came from. */
  static ReceivedMessage ofSimpleClient(boolean text, byte[] frame, Duration at) {
    Payload payload = text ? Payload.text(frame) : Payload.binary(frame);
    return new ReceivedMessage(Data.fromServer(payload), true, at);
  }

  /**
   * Returns whether it was sent by the server: to a connection, a user or a hub, or as the answer
   * of an event handler. What the server sends to a group counts as from the group.
   *
   * @return false also if a {@link SimpleClient} received it
   * @since 0.1
   */
  public boolean isFromServer() {
    return !ofSimpleClient && message.group() == null;
  }

  /**
   * The group it was sent to.
   *
   * @return empty if it came from the server or if a {@link SimpleClient} received it
   * @since 0.1
   */
  public Optional<String> group() {
    return Optional.ofNullable(message.group());
  }

  /**
   * The user whose client sent it to the group.
   *
   * @return empty if the server sent it, if the sender has no user id, or if a {@link SimpleClient}
   *     received it
   * @since 0.1
   */
  public Optional<String> fromUserId() {
    return Optional.ofNullable(message.fromUserId());
  }

  /**
   * What kind of data it carries. For a {@link SimpleClient}'s message: text for a text frame, also
   * if JSON was sent, else binary.
   *
   * @return the kind
   * @since 0.1
   */
  public DataType dataType() {
    return dataType;
  }

  /**
   * The text.
   *
   * @return maybe empty
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
   * The JSON text, character for character as it was sent.
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
   * The protobuf message that this message carries in a {@code google.protobuf.Any}.
   *
   * <pre>{@code
   * Order order = bob.messages().get(0).protobuf(Order.class);
   * }</pre>
   *
   * @param <T> the type of the message
   * @param messageType the generated class, or {@code com.google.protobuf.Any} for the Any itself
   * @return the message
   * @throws IllegalArgumentException if the class is none of a protobuf message
   * @throws IllegalStateException if this is not a protobuf message or carries one of another type,
   *     or if {@code com.google.protobuf:protobuf-java} is not on the class path
   * @since 0.1
   */
  public <T> T protobuf(Class<T> messageType) {
    String method = "protobuf(" + messageType.getSimpleName() + ".class)";
    if (!isProtobuf()) {
      throw wrongType(method, "a protobuf message");
    }
    return ProtobufValue.unpack(data(), messageType)
        .orElseThrow(() -> wrongType(method, "a " + messageType.getName()));
  }

  /**
   * The bytes; of a protobuf message those of the serialized {@code google.protobuf.Any}.
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
   * The metadata that the sender gave.
   *
   * @return unmodifiable, maybe empty
   * @since 0.1
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * The number that the service gave it. On a reliable connection the first message has 1 and each
   * further one the next number; a message that is sent again keeps its number.
   *
   * @return empty on a subprotocol that is not reliable; numbers above {@link Long#MAX_VALUE} are
   *     negative here
   * @since 0.1
   */
  public OptionalLong sequenceId() {
    Long sequenceId = message.sequenceId();
    return sequenceId == null ? OptionalLong.empty() : OptionalLong.of(sequenceId);
  }

  /**
   * When it came.
   *
   * @return since the timeline of the service began
   * @since 0.1
   */
  public Duration receivedAt() {
    return receivedAt;
  }

  /**
   * For AssertJ's {@code assertThat} and {@code then}.
   *
   * @return assertions on this message
   * @since 0.1
   */
  @Override
  public MessageAssert assertThat() {
    return new MessageAssert(this);
  }

  /**
   * Time, origin, kind and content in one line, long contents cut.
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

  boolean isOfSimpleClient() {
    return ofSimpleClient;
  }

  /**
   * Returns whether it can be taken as this type of data: a simple client cannot tell JSON from
   * text.
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

  /** A simple client gets the bytes of the {@code Any} in a binary frame like any other. */
  boolean isProtobuf() {
    return dataType == DataType.PROTOBUF;
  }

  /** The bytes themselves; not to be changed. */
  byte[] data() {
    return message.payload().bytes();
  }

  String utf8() {
    return message.payload().string();
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

  /** Kind and content, without metadata. */
  String describeContent() {
    return dataType.wireName() + " " + shownData();
  }

  private String content() {
    Long sequenceId = message.sequenceId();
    return shownData()
        + (metadata.isEmpty() ? "" : "  metadata " + FailureText.content(metadata.toString()))
        + (sequenceId == null ? "" : "  sequenceId " + Long.toUnsignedString(sequenceId));
  }

  private String shownData() {
    return switch (dataType) {
      case TEXT -> FailureText.quotedContent(utf8());
      case JSON -> FailureText.content(utf8());
      case BINARY -> Bytes.describe(data());
      case PROTOBUF ->
          ProtobufValue.look(data())
              .map(it -> FailureText.content(it.typeUrl()) + "  " + Bytes.describe(it.value()))
              .orElseGet(() -> Bytes.describe(data()));
    };
  }

  private IllegalStateException wrongType(String method, String wanted) {
    return new IllegalStateException(
        method + " needs a message that carries " + wanted + " but this one is: " + this);
  }
}
