package io.github.webpubsubtestkit.internal.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code json.webpubsub.azure.v1}: what one side writes the other reads, byte for byte where the
 * spec gives bytes.
 */
class JsonCodecTest {

  private final JsonServiceCodec service = new JsonServiceCodec(Options.defaults());
  private final JsonClientCodec client = new JsonClientCodec();

  static Stream<ClientRequest> requests() {
    return Stream.of(
        new JoinGroup("g", new AckId(-1)),
        new JoinGroup("a/b*?# é \"quoted\" \\ \n", null),
        new LeaveGroup("g", new AckId(0)),
        new SendToGroup("g", Payload.text("hi \"you\" \\ \u0001 ü 😀"), true, 300, new AckId(7)),
        new SendToGroup("g", Payload.json("12345678901234567890.10"), false, 0, null),
        new SendToGroup("g", Payload.binary(new byte[] {1, 2, 3}), false, 0, null),
        new SendToGroup("g", Payload.text("").withMetadata(Map.of("k", "v")), false, 1, null),
        new Event("e-1.x_", Payload.json("{\"b\": 1, \"a\" : [ 2 ]}"), new AckId(9)),
        new SequenceAck(-1),
        new Ping());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void serviceReadsWhatAClientWrites(ClientRequest request) throws Exception {
    EncodedMessage encoded = client.encode(request);

    assertThat(service.decode(encoded.text(), encoded.bytes()))
        .usingRecursiveComparison()
        .isEqualTo(request);
  }

  static Stream<ServiceMessage> messages() {
    return Stream.of(
        new Connected("c1", null, null),
        new Connected("c1", "", null),
        new Connected("c1", "al\"ice", "token"),
        new Disconnected("Application server closed the connection. Reason: bye"),
        new Ack(new AckId(-1), null),
        new Ack(new AckId(1), new AckError("Forbidden", "no \"way\"")),
        Data.fromGroup("g", "alice", Payload.text("hi")),
        Data.fromGroup("g", null, Payload.json("[1.0]"), 18_446L),
        Data.fromServer(Payload.binary(new byte[] {-1, 0})),
        Data.fromServer(new Payload(PayloadType.PROTOBUF, new byte[] {8, 1}, Map.of()), 1L),
        new Pong());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void clientReadsWhatTheServiceWrites(ServiceMessage message) throws Exception {
    EncodedMessage encoded = requireNonNull(service.encode(message));

    assertThat(client.decode(encoded.text(), encoded.bytes()))
        .usingRecursiveComparison()
        .isEqualTo(message);
  }

  @Test
  void writesExactlyTheShapesOfTheSpecification() {
    assertThat(text(new Connected("0a1b", "alice", null)))
        .isEqualTo(
            "{\"type\":\"system\",\"event\":\"connected\",\"userId\":\"alice\",\"connectionId\":\"0a1b\"}");
    assertThat(text(new Connected("0a1b", null, null)))
        .isEqualTo(
            "{\"type\":\"system\",\"event\":\"connected\",\"userId\":null,\"connectionId\":\"0a1b\"}");
    assertThat(text(new Ack(new AckId(1), null)))
        .isEqualTo("{\"type\":\"ack\",\"ackId\":1,\"success\":true}");
    assertThat(text(Data.fromGroup("g", null, Payload.json("{\"a\": 1}"))))
        .isEqualTo(
            "{\"type\":\"message\",\"from\":\"group\",\"group\":\"g\",\"dataType\":\"json\",\"data\":{\"a\": 1}}");
    assertThat(text(Data.fromServer(Payload.text("x").withMetadata(Map.of()))))
        .isEqualTo(
            "{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"text\",\"data\":\"x\",\"metadata\":{}}");
  }

  @Test
  void halfASurrogatePairIsWrittenAsAQuestionMark() {
    assertThat(text(new Disconnected("a\ud800b"))).endsWith("\"message\":\"a?b\"}");
    assertThat(text(new Connected("c", "\udc00", null))).contains("\"userId\":\"?\"");
  }

  @Test
  void theSwitchesChangeHowAMissingUserIsWritten() {
    JsonServiceCodec emulatorLike =
        new JsonServiceCodec(
            Options.builder()
                .turn(Option.NULL_FROM_USER_ID, true)
                .turn(Option.OMIT_NULL_USER_ID, true)
                .build());

    assertThat(utf8(emulatorLike.connected(new Connected("c", null, null))))
        .isEqualTo("{\"type\":\"system\",\"event\":\"connected\",\"connectionId\":\"c\"}");
    assertThat(utf8(emulatorLike.data(Data.fromGroup("g", null, Payload.text("x")))))
        .contains("\"fromUserId\":null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"ping\"} x",
        "{\"type\":\"ping\",}",
        "{\"type\":\"ping\"/* comment */}",
        "{'type':'ping'}",
        "{\"type\":\"ping\",\"ackId\":-0}",
        "{\"type\":\"sendToGroup\",\"group\":\"g\",\"dataType\":\"binary\",\"data\":\"AQI\"}",
        "{\"type\":\"sendToGroup\",\"group\":\"g\",\"dataType\":\"protobuf\",\"data\":\"AQID\"}",
        "{\"type\":\"sendToGroup\",\"group\":\"g\",\"data\":1,\"metadata\":\"m\"}",
        "\uFEFF{\"type\":\"ping\"}",
        "\u0000{\"type\":\"ping\"}"
      })
  void refusesWhatIsNoMessage(String message) {
    ProtocolViolation violation =
        catchThrowableOfType(ProtocolViolation.class, () -> decode(message));

    assertThat(violation.closeCode()).isEqualTo(1007);
    assertThat(violation.closeReason()).isEqualTo(JsonServiceCodec.INVALID);
    assertThat(violation.detail()).isNotBlank();
  }

  @Test
  void refusesUtf16() {
    for (Charset charset : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
      assertThatThrownBy(() -> service.decode(true, "{\"type\":\"ping\"}".getBytes(charset)))
          .as("%s", charset)
          .isInstanceOf(ProtocolViolation.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"type\":1}",
        "{\"type\":\"bogus\"}",
        "{\"type\":\"system\",\"event\":\"bogus\"}",
        "{\"type\":\"system\",\"event\":\"connected\"}",
        "{\"type\":\"message\",\"from\":\"bogus\"}",
        "{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"bogus\",\"data\":\"\"}",
        "{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"binary\",\"data\":\"*\"}",
        "{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"text\"}",
        "{\"type\":\"ack\",\"ackId\":\"1\",\"success\":true}",
        "{\"type\":\"ack\",\"ackId\":1}",
        "{\"type\":\"ack\",\"ackId\":1,\"success\":false}"
      })
  void theClientRefusesWhatIsNoMessage(String message) {
    assertThatThrownBy(() -> client.decode(true, message.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageEndingWith(": " + message);
  }

  @Test
  void everyCharacterOfATextSurvives() throws Exception {
    for (char c = 0; c <= 0x80; c++) {
      EncodedMessage encoded = service.data(Data.fromServer(Payload.text("" + c)));

      Data read = (Data) client.decode(true, encoded.bytes());

      assertThat(read.payload().string()).as("U+%04X", (int) c).isEqualTo("" + c);
    }
  }

  @Test
  void ackIdsAreTheSameIfAllTheir64BitsAre() {
    assertThat(new AckId(7)).isEqualTo(new AckId(7)).hasSameHashCodeAs(new AckId(7));
    assertThat(new AckId(0)).isNotEqualTo(new AckId(-1)); // of the same hash code
  }

  @Test
  void ofARepeatedPropertyTheLastOneWins() throws Exception {
    assertThat(
            decode("{\"type\":\"bogus\",\"group\":\"a\",\"group\":\"b\",\"type\":\"joinGroup\"}"))
        .isEqualTo(new JoinGroup("b", null));
  }

  @ParameterizedTest(name = "{0} levels of arrays inside the message: accepted {1}")
  @CsvSource({"63, true", "64, false"})
  void nestingEndsAt64Levels(int levels, boolean accepted) {
    String data = "[".repeat(levels) + "]".repeat(levels);
    String message = "{\"type\":\"event\",\"event\":\"e\",\"data\":" + data + "}";

    if (accepted) {
      assertThat(message).satisfies(this::decode);
    } else {
      assertThatThrownBy(() -> decode(message)).isInstanceOf(ProtocolViolation.class);
    }
  }

  @Test
  void longNumbersAreNoError() throws Exception {
    String digits = "9".repeat(5_000);

    Event event = (Event) decode("{\"type\":\"event\",\"event\":\"e\",\"data\":" + digits + "}");

    assertThat(event.payload().string()).isEqualTo(digits);
  }

  @Test
  void noBytesMakeItThrowAnythingButItsOwnError() {
    Random random = new Random(4711);
    byte[] good =
        "{\"type\":\"sendToGroup\",\"group\":\"g\",\"data\":{\"a\":[1,\"x\"]},\"ackId\":1}"
            .getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] mutated = good.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(service.decode(true, mutated)).isNotNull();
      } catch (ProtocolViolation expected) {
        assertThat(expected.closeCode()).isEqualTo(1007);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "9", "10", "4294967296", "18446744073709551615"})
  void aSequenceIdIsPutIntoWhatWasEncodedWithoutOne(String id) {
    Payload payload = Payload.json("{\"a\":[1,2]}").withMetadata(Map.of("k", "v"));
    long sequenceId = Long.parseUnsignedLong(id);

    for (boolean group : new boolean[] {true, false}) {
      EncodedMessage shared = service.data(data(group, payload, null));
      assertThat(utf8(service.withSequenceId(shared, sequenceId)))
          .isEqualTo(text(data(group, payload, sequenceId)))
          .endsWith(",\"sequenceId\":" + id + "}");
      assertThat(utf8(shared)).isEqualTo(text(data(group, payload, null)));
    }
  }

  private static Data data(boolean group, Payload payload, @Nullable Long sequenceId) {
    return group
        ? Data.fromGroup("g", "alice", payload, sequenceId)
        : Data.fromServer(payload, sequenceId);
  }

  private ClientRequest decode(String message) throws ProtocolViolation {
    return service.decode(true, message.getBytes(StandardCharsets.UTF_8));
  }

  private String text(ServiceMessage message) {
    return utf8(requireNonNull(service.encode(message)));
  }

  private static String utf8(EncodedMessage message) {
    return new String(message.bytes(), StandardCharsets.UTF_8);
  }
}
