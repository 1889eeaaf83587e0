package io.github.webpubsubtestkit.internal.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.StringValue;
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
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code protobuf.webpubsub.azure.v1}: the bytes of client-protocols G.5, from both sides. */
class ProtobufCodecTest {

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  /** Field 99, a number. */
  private static final byte[] UNKNOWN = {(byte) 0x98, 6, 1};

  private final ServiceCodec service = Protobuf.serviceCodec();
  private final ClientCodec client = Protobuf.clientCodec();

  static Stream<Arguments> requests() {
    return Stream.of(
        Arguments.of(new JoinGroup("room", new AckId(0)), "32 08 0A 04 72 6F 6F 6D 10 00"),
        Arguments.of(new JoinGroup("room", null), "32 06 0A 04 72 6F 6F 6D"),
        Arguments.of(new LeaveGroup("room", new AckId(2)), "3A 08 0A 04 72 6F 6F 6D 10 02"),
        Arguments.of(
            send(Payload.text("hi"), false), "0A 0E 0A 04 72 6F 6F 6D 10 01 1A 04 0A 02 68 69"),
        Arguments.of(
            send(Payload.binary(bytes("01 02 03")), true),
            "0A 11 0A 04 72 6F 6F 6D 10 01 1A 05 12 03 01 02 03 20 01"),
        Arguments.of(
            send(Payload.json("{\"a\":1}"), false),
            "0A 13 0A 04 72 6F 6F 6D 10 01 1A 09 22 07 7B 22 61 22 3A 31 7D"),
        Arguments.of(
            send(
                new Payload(PayloadType.PROTOBUF, bytes("0A 03 74 2F 78 12 02 08 01"), null),
                false),
            "0A 15 0A 04 72 6F 6F 6D 10 01 1A 0B 1A 09 0A 03 74 2F 78 12 02 08 01"),
        Arguments.of(
            send(Payload.text("hi").withMetadata(Map.of("k", "v")), false),
            "0A 16 0A 04 72 6F 6F 6D 10 01 1A 04 0A 02 68 69 32 06 0A 01 6B 12 01 76"),
        Arguments.of(
            new SendToGroup("room", Payload.text("hi"), false, 300, null),
            "0A 0F 0A 04 72 6F 6F 6D 1A 04 0A 02 68 69 28 AC 02"),
        Arguments.of(
            new Event("e", Payload.text("hi").withMetadata(Map.of("k", "v")), null),
            "2A 11 0A 01 65 12 04 0A 02 68 69 22 06 0A 01 6B 12 01 76"),
        Arguments.of(
            new Event("message", Payload.binary(bytes("01 02 03")), new AckId(9)),
            "2A 12 0A 07 6D 65 73 73 61 67 65 12 05 12 03 01 02 03 18 09"),
        Arguments.of(new SequenceAck(5), "42 02 08 05"),
        Arguments.of(new Ping(), "4A 00"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("requests")
  void requestsHaveTheBytesOfTheSpecification(ClientRequest request, String bytes)
      throws Exception {
    EncodedMessage encoded = client.encode(request);

    assertThat(encoded.text()).isFalse();
    assertThat(HEX.formatHex(encoded.bytes())).isEqualTo(bytes);
    assertThat(service.decode(false, bytes(bytes))).usingRecursiveComparison().isEqualTo(request);
  }

  static Stream<Arguments> messages() {
    Payload hi = Payload.text("hi");
    return Stream.of(
        Arguments.of(new Pong(), "22 00"),
        Arguments.of(new Ack(new AckId(1), null), "0A 04 08 01 10 01"),
        Arguments.of(new Ack(new AckId(0), null), "0A 02 10 01"),
        Arguments.of(
            new Ack(new AckId(1), new AckError("N", "m")), "0A 0A 08 01 1A 06 0A 01 4E 12 01 6D"),
        Arguments.of(new Connected("c1", null, null), "1A 06 0A 04 0A 02 63 31"),
        Arguments.of(
            new Connected("c1", "alice", "t"),
            "1A 10 0A 0E 0A 02 63 31 12 05 61 6C 69 63 65 1A 01 74"),
        Arguments.of(new Disconnected("x"), "1A 05 12 03 12 01 78"),
        Arguments.of(
            Data.fromGroup("room", null, hi),
            "12 13 0A 05 67 72 6F 75 70 12 04 72 6F 6F 6D 1A 04 0A 02 68 69"),
        Arguments.of(
            Data.fromGroup("room", null, hi, 1L),
            "12 15 0A 05 67 72 6F 75 70 12 04 72 6F 6F 6D 1A 04 0A 02 68 69 20 01"),
        Arguments.of(Data.fromServer(hi), "12 0E 0A 06 73 65 72 76 65 72 1A 04 0A 02 68 69"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("messages")
  void messagesHaveTheBytesOfTheSpecification(ServiceMessage message, String bytes)
      throws Exception {
    EncodedMessage encoded = requireNonNull(service.encode(message));
    assertThat(encoded.text()).isFalse();
    assertThat(HEX.formatHex(encoded.bytes())).isEqualTo(bytes);
    assertThat(client.decode(false, bytes(bytes))).usingRecursiveComparison().isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "127", "128", "4294967296", "18446744073709551615"})
  void aSequenceIdIsPutIntoWhatWasEncodedWithoutOne(String id) {
    long sequenceId = Long.parseUnsignedLong(id);
    for (int size :
        new int[] {0, 90, 110, 120, 16_300, 16_370}) { // about where lengths grow a byte
      Payload payload = Payload.text("x".repeat(size)).withMetadata(Map.of("k", "v"));
      EncodedMessage shared = requireNonNull(service.encode(Data.fromGroup("room", null, payload)));
      assertThat(HEX.formatHex(service.withSequenceId(shared, sequenceId).bytes()))
          .isEqualTo(hex(Data.fromGroup("room", null, payload, sequenceId)));
    }
  }

  @Test
  void aMessageNamesNoSenderAndNoEmptyUser() {
    assertThat(hex(Data.fromGroup("room", "alice", Payload.text("hi"))))
        .isEqualTo(hex(Data.fromGroup("room", null, Payload.text("hi"))));
    assertThat(hex(new Connected("c1", "", null))).isEqualTo(hex(new Connected("c1", null, null)));
  }

  @Test
  void whatComesAgainIsMergedAsEveryParserDoesIt() throws Exception {
    byte[] one = Any.pack(StringValue.of("one")).toByteArray();
    byte[] two = Any.newBuilder().setTypeUrl("t/other").build().toByteArray();
    ProtobufWriter out =
        new ProtobufWriter(
            ProtobufWriter.sizeOf(1, "g")
                + ProtobufWriter.sizeOfMessage(
                    3, ProtobufWriter.sizeOf(3, one) + ProtobufWriter.sizeOf(3, two))
                + ProtobufWriter.sizeOf(1, "h"));
    byte[] content =
        out.write(1, "g")
            .message(3, ProtobufWriter.sizeOf(3, one) + ProtobufWriter.sizeOf(3, two))
            .write(3, one)
            .write(3, two)
            .write(1, "h")
            .toMessage()
            .bytes();
    byte[] message =
        new ProtobufWriter(ProtobufWriter.sizeOf(1, content)).write(1, content).toMessage().bytes();

    SendToGroup send = (SendToGroup) service.decode(false, message);

    assertThat(send.group()).isEqualTo("h");
    assertThat(Any.parseFrom(send.payload().bytes()))
        .isEqualTo(Any.pack(StringValue.of("one")).toBuilder().setTypeUrl("t/other").build());
  }

  static Stream<Arguments> requestsWithUnknownFields() {
    return Stream.of(
        Arguments.of(
            message(
                1,
                UNKNOWN,
                text(1, "g"),
                message(3, UNKNOWN, text(1, "hi"), UNKNOWN),
                message(6, UNKNOWN, text(1, "k"), UNKNOWN, text(2, "v"), UNKNOWN),
                message(6, text(1, "l"), text(2, "w")),
                bytes("20 00"),
                UNKNOWN),
            new SendToGroup(
                "g", Payload.text("hi").withMetadata(Map.of("k", "v", "l", "w")), false, 0, null)),
        Arguments.of(
            message(5, UNKNOWN, text(1, "e"), message(2, UNKNOWN, text(1, "hi"), UNKNOWN), UNKNOWN),
            new Event("e", Payload.text("hi"), null)),
        Arguments.of(message(6, UNKNOWN, text(1, "g"), UNKNOWN), new JoinGroup("g", null)),
        Arguments.of(message(7, UNKNOWN, text(1, "g"), UNKNOWN), new LeaveGroup("g", null)),
        Arguments.of(message(8, UNKNOWN, bytes("08 05"), UNKNOWN), new SequenceAck(5)),
        Arguments.of(message(9, UNKNOWN), new Ping()));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void requestsWithUnknownFields(byte[] bytes, ClientRequest request) throws Exception {
    assertThat(service.decode(false, bytes)).usingRecursiveComparison().isEqualTo(request);
  }

  static Stream<Arguments> messagesWithUnknownFields() {
    return Stream.of(
        Arguments.of(
            message(
                1,
                message(3, UNKNOWN, text(1, "N"), UNKNOWN, text(2, "m"), UNKNOWN),
                UNKNOWN,
                bytes("08 01 10 00"),
                UNKNOWN),
            new Ack(new AckId(1), new AckError("N", "m"))),
        Arguments.of(
            message(
                2,
                UNKNOWN,
                text(1, "group"),
                text(2, "room"),
                message(3, UNKNOWN, text(1, "hi"), UNKNOWN),
                message(5, UNKNOWN, text(1, "k"), text(2, "v")),
                UNKNOWN),
            Data.fromGroup("room", null, Payload.text("hi").withMetadata(Map.of("k", "v")))),
        Arguments.of(
            message(3, UNKNOWN, message(1, UNKNOWN, text(1, "c"), UNKNOWN), UNKNOWN),
            new Connected("c", null, null)),
        Arguments.of(message(3, message(2, UNKNOWN, text(2, "x"), UNKNOWN)), new Disconnected("x")),
        Arguments.of(message(4, UNKNOWN), new Pong()));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void messagesWithUnknownFields(byte[] bytes, ServiceMessage message) throws Exception {
    byte[] all = joined(UNKNOWN, bytes, UNKNOWN);

    assertThat(client.decode(false, all)).usingRecursiveComparison().isEqualTo(message);
  }

  @ParameterizedTest(name = "{0} unknown groups in one another: accepted {1}")
  @CsvSource({"64, true", "65, false", "100000, false"})
  void unknownGroupsEndAt64Levels(int levels, boolean accepted) throws Exception {
    byte[] message = bytes("9B 06 ".repeat(levels) + "9C 06 ".repeat(levels) + "4A 00");

    if (accepted) {
      assertThat(service.decode(false, message)).isEqualTo(new Ping());
    } else {
      assertInvalid(message, "groups nested more than 64 deep");
    }
  }

  @Test
  void saysWhatIsWrongWithARequest() {
    byte[] group = text(1, "g");
    byte[] event = text(1, "e");
    byte[] data = message(3, text(1, "hi"));
    assertInvalid(message(1, group), "'data' is missing");
    assertInvalid(message(1, group, message(3)), "'data' holds nothing");
    assertInvalid(message(1, group, data, message(7)), "streams are not understood");
    assertInvalid(
        message(5, event, message(2, text(1, "hi")), message(5)), "streams are not understood");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EF BB BF 31", "00 31", "31 00"})
  void refusesJsonDataThatIsNotUtf8WithoutMark(String json) {
    assertInvalid(
        message(1, text(1, "g"), message(3, message(4, bytes(json)))), "not JSON in UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12 01 78 0A 05 74", "12 01 78 0A 01 FF", "0A 01 FF"})
  void refusesAnAnyThatNoReceiverCouldParse(String any) {
    assertInvalid(message(1, text(1, "g"), message(3, message(3, bytes(any)))), "");
  }

  @Test
  void ofALongMessageTheErrorShowsTheStart() {
    assertThatThrownBy(() -> client.decode(false, message(15, new byte[62])))
        .hasMessageEndingWith("64 bytes 7a 3e" + " 00".repeat(62));
    assertThatThrownBy(() -> client.decode(false, message(15, new byte[63])))
        .hasMessageEndingWith("65 bytes 7a 3f" + " 00".repeat(62) + " …");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "FF",
        "0A 00",
        "12 00",
        "1A 00",
        "12 07 0A 05 67 72 6F 75 70",
        "2A 00",
        "12 03 0A 01 78"
      })
  void theClientRefusesWhatIsNoMessage(String bytes) {
    assertThatThrownBy(() -> client.decode(false, bytes(bytes)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining(bytes.toLowerCase(java.util.Locale.ROOT));
  }

  @Test
  void neitherSideTakesText() {
    byte[] text = "{}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> client.decode(true, text))
        .isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() -> service.decode(true, text))
        .isInstanceOfSatisfying(
            ProtocolViolation.class,
            violation -> assertThat(violation.closeCode()).isEqualTo(1003));
  }

  private void assertInvalid(byte[] message, String detail) {
    assertThatThrownBy(() -> service.decode(false, message))
        .isInstanceOfSatisfying(
            ProtocolViolation.class,
            violation -> {
              assertThat(violation.closeCode()).isEqualTo(1007);
              assertThat(violation.detail()).contains(detail);
            });
  }

  /** A field with a length of less than 128 bytes. */
  private static byte[] message(int field, byte[]... parts) {
    byte[] content = joined(parts);
    return joined(new byte[] {(byte) (field << 3 | 2), (byte) content.length}, content);
  }

  private static byte[] text(int field, String text) {
    return message(field, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private String hex(ServiceMessage message) {
    EncodedMessage encoded = requireNonNull(service.encode(message));
    return HEX.formatHex(encoded.bytes());
  }

  private static SendToGroup send(Payload payload, boolean noEcho) {
    return new SendToGroup("room", payload, noEcho, 0, new AckId(1));
  }

  private static byte[] bytes(String hex) {
    return HEX.parseHex(hex);
  }
}
