package io.github.webpubsubtestkit.internal.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.sun.management.ThreadMXBean;
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
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;

/**
 * What holds for every message and every byte string, in all subprotocols: messages survive being
 * written and read, and no bytes make a codec allocate without bound or throw anything but its own
 * error.
 */
class CodecPropertyTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final ServiceCodec JSON_SERVICE = new JsonServiceCodec(Options.defaults());
  private static final ClientCodec JSON_CLIENT = new JsonClientCodec();
  private static final ServiceCodec PROTOBUF_SERVICE = Protobuf.serviceCodec();
  private static final ClientCodec PROTOBUF_CLIENT = Protobuf.clientCodec();

  /** Of a small message: classes that are loaded, and Jackson's table of up to 6,000 names. */
  private static final long FIXED_COST = 2 * 1024 * 1024;

  private static final long COST_PER_BYTE = 64;

  // ---- messages survive

  @Property
  void theServiceReadsEveryJsonRequest(@ForAll("jsonRequests") ClientRequest request)
      throws Exception {
    assertSurvives(request, JSON_CLIENT, JSON_SERVICE);
  }

  @Property
  void theServiceReadsEveryProtobufRequest(@ForAll("protobufRequests") ClientRequest request)
      throws Exception {
    assertSurvives(request, PROTOBUF_CLIENT, PROTOBUF_SERVICE);
  }

  @Property
  void aClientReadsEveryJsonMessage(@ForAll("jsonMessages") ServiceMessage message)
      throws Exception {
    assertSurvives(message, JSON_SERVICE, JSON_CLIENT);
  }

  @Property
  void aClientReadsEveryProtobufMessage(@ForAll("protobufMessages") ServiceMessage message)
      throws Exception {
    assertSurvives(message, PROTOBUF_SERVICE, PROTOBUF_CLIENT);
  }

  private static void assertSurvives(ClientRequest request, ClientCodec from, ServiceCodec to)
      throws ProtocolViolation {
    EncodedMessage encoded = from.encode(request);

    assertThat(to.decode(encoded.text(), encoded.bytes()))
        .usingRecursiveComparison(strict())
        .isEqualTo(request);
  }

  private static void assertSurvives(ServiceMessage message, ServiceCodec from, ClientCodec to)
      throws MalformedMessageException {
    EncodedMessage encoded = requireNonNull(from.encode(message));
    assertThat(to.decode(encoded.text(), encoded.bytes()))
        .usingRecursiveComparison(strict())
        .isEqualTo(message);
  }

  private static RecursiveComparisonConfiguration strict() {
    return RecursiveComparisonConfiguration.builder().withStrictTypeChecking(true).build();
  }

  // ---- byte strings do no harm

  @Property
  void anyBytesAreARequestOrAViolation(@ForAll("bytes") byte[] bytes, @ForAll boolean text) {
    assertHarmless(JSON_SERVICE, text, bytes);
    assertHarmless(PROTOBUF_SERVICE, text, bytes);
  }

  @Property
  void anyBytesAreAMessageOrMalformed(@ForAll("bytes") byte[] bytes, @ForAll boolean text) {
    assertHarmless(JSON_CLIENT, text, bytes);
    assertHarmless(PROTOBUF_CLIENT, text, bytes);
  }

  @Property
  void damagedJsonRequestsAreNoWorse(
      @ForAll("jsonRequests") ClientRequest request, @ForAll("damage") Damage damage) {
    assertHarmless(JSON_SERVICE, true, damage.to(JSON_CLIENT.encode(request).bytes()));
  }

  @Property
  void damagedProtobufRequestsAreNoWorse(
      @ForAll("protobufRequests") ClientRequest request, @ForAll("damage") Damage damage) {
    assertHarmless(PROTOBUF_SERVICE, false, damage.to(PROTOBUF_CLIENT.encode(request).bytes()));
  }

  @Property
  void damagedJsonMessagesAreNoWorse(
      @ForAll("jsonMessages") ServiceMessage message, @ForAll("damage") Damage damage) {
    EncodedMessage encoded = requireNonNull(JSON_SERVICE.encode(message));
    assertHarmless(JSON_CLIENT, true, damage.to(encoded.bytes()));
  }

  @Property
  void damagedProtobufMessagesAreNoWorse(
      @ForAll("protobufMessages") ServiceMessage message, @ForAll("damage") Damage damage) {
    EncodedMessage encoded = requireNonNull(PROTOBUF_SERVICE.encode(message));
    assertHarmless(PROTOBUF_CLIENT, false, damage.to(encoded.bytes()));
  }

  /** As much as the transport lets through (client-protocols C.2), of what is dear to read. */
  @Property(tries = 60)
  void aWholeMegabyteOfTheSameCostsNoMoreThanItsLength(
      @ForAll("pieces") byte[] piece, @ForAll("protobufFields") byte[] wrapping) {
    byte[] content = repeated(piece, 1_048_000 / piece.length);
    byte[] message = wrapped(wrapping, content);

    assertHarmless(PROTOBUF_SERVICE, false, message);
    assertHarmless(PROTOBUF_CLIENT, false, message);
    assertHarmless(JSON_SERVICE, true, message);
    assertHarmless(JSON_CLIENT, true, message);
  }

  @Property(tries = 60)
  void aWholeMegabyteOfJsonCostsNoMoreThanItsLength(@ForAll("jsonPieces") String piece) {
    byte[] message =
        ("{\"type\":\"event\"," + piece.repeat(1_048_000 / piece.length()))
            .getBytes(StandardCharsets.UTF_8);

    assertHarmless(JSON_SERVICE, true, message);
    assertHarmless(JSON_CLIENT, true, message);
  }

  private static void assertHarmless(ServiceCodec codec, boolean text, byte[] bytes) {
    ClientRequest read = null;
    ProtocolViolation violation = null;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      read = codec.decode(text, bytes);
    } catch (ProtocolViolation thrown) {
      violation = thrown;
    }
    assertBounded(before, bytes);
    if (violation == null) {
      assertThat(read).isNotNull();
    } else {
      assertThat(violation.closeCode()).isIn(1003, 1007);
      assertThat(violation.detail()).isNotBlank();
    }
  }

  private static void assertHarmless(ClientCodec codec, boolean text, byte[] bytes) {
    ServiceMessage read = null;
    MalformedMessageException malformed = null;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      read = codec.decode(text, bytes);
    } catch (MalformedMessageException thrown) {
      malformed = thrown;
    }
    assertBounded(before, bytes);
    if (malformed == null) {
      assertThat(read).isNotNull();
    } else {
      assertThat(malformed.getMessage()).isNotBlank();
    }
  }

  private static void assertBounded(long before, byte[] bytes) {
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(FIXED_COST + COST_PER_BYTE * bytes.length);
  }

  // ---- requests and messages

  @Provide
  Arbitrary<ClientRequest> jsonRequests() {
    return requests(payloads(jsonData(), true));
  }

  @Provide
  Arbitrary<ClientRequest> protobufRequests() {
    return requests(payloads(protobufData(), false));
  }

  @Provide
  Arbitrary<ServiceMessage> jsonMessages() {
    Arbitrary<Payload> payloads = payloads(protobufData(), true);
    return messages(payloads, texts().injectNull(0.3), texts().injectNull(0.3));
  }

  @Provide
  Arbitrary<ServiceMessage> protobufMessages() {
    Arbitrary<Payload> payloads = payloads(protobufData(), false);
    return messages(
        payloads, Arbitraries.just(null), texts().filter(id -> !id.isEmpty()).injectNull(0.3));
  }

  private static Arbitrary<ClientRequest> requests(Arbitrary<Payload> payloads) {
    Arbitrary<AckId> ids = numbers().map(AckId::new).injectNull(0.3);
    Arbitrary<Integer> ttl = Arbitraries.integers().between(0, 300);
    return Arbitraries.oneOf(
        Combinators.combine(groups(), ids).as(JoinGroup::new),
        Combinators.combine(groups(), ids).as(LeaveGroup::new),
        Combinators.combine(groups(), payloads, Arbitraries.of(true, false), ttl, ids)
            .as(SendToGroup::new),
        Combinators.combine(events(), payloads, ids).as(Event::new),
        numbers().map(SequenceAck::new),
        Arbitraries.just(new Ping()));
  }

  private static Arbitrary<ServiceMessage> messages(
      Arbitrary<Payload> payloads, Arbitrary<String> senders, Arbitrary<String> users) {
    Arbitrary<Long> sequenceIds = numbers().injectNull(0.5);
    Arbitrary<AckError> errors =
        Combinators.combine(texts(), texts()).as(AckError::new).injectNull(0.5);
    return Arbitraries.oneOf(
        Combinators.combine(texts(), users, texts().injectNull(0.5)).as(Connected::new),
        texts().map(Disconnected::new),
        Combinators.combine(numbers().map(AckId::new), errors).as(Ack::new),
        Combinators.combine(groups(), senders, payloads, sequenceIds).as(Data::fromGroup),
        Combinators.combine(payloads, sequenceIds).as(Data::fromServer),
        Arbitraries.just(new Pong()));
  }

  private static Arbitrary<Payload> payloads(Arbitrary<Payload> data, boolean emptyMetadata) {
    Arbitrary<Map<String, String>> metadata =
        Arbitraries.maps(
                Arbitraries.strings()
                    .withCharRange('a', 'z')
                    .withChars("AZ09!#$%&'*+-.^_`|~")
                    .ofMinLength(1)
                    .ofMaxLength(256),
                Arbitraries.strings().ascii().ofMaxLength(1024))
            .ofMinSize(emptyMetadata ? 0 : 1)
            .ofMaxSize(6);
    return Combinators.combine(data, metadata.injectNull(0.5)).as(Payload::withMetadata);
  }

  private static Arbitrary<Payload> jsonData() {
    return Arbitraries.oneOf(
        texts().map(Payload::text),
        jsonValues().map(Payload::json),
        byteArrays(300).map(Payload::binary));
  }

  private static Arbitrary<Payload> protobufData() {
    Arbitrary<Payload> any =
        Combinators.combine(texts(), byteArrays(100))
            .as(
                (url, value) ->
                    new Payload(
                        PayloadType.PROTOBUF,
                        Any.newBuilder()
                            .setTypeUrl(url)
                            .setValue(ByteString.copyFrom(value))
                            .build()
                            .toByteArray(),
                        null));
    return Arbitraries.oneOf(jsonData(), any);
  }

  private static Arbitrary<String> jsonValues() {
    Arbitrary<String> scalars =
        Arbitraries.oneOf(
            Arbitraries.of("true", "false", "0", "-1.50", "1E400", "12345678901234567890123"),
            texts().map(CodecPropertyTest::quoted),
            Arbitraries.doubles().map(String::valueOf));
    return Arbitraries.recursive(
        () -> scalars,
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(3).map(all -> "[ " + String.join(" ,", all) + "]"),
                Combinators.combine(texts().map(CodecPropertyTest::quoted), inner)
                    .as((name, value) -> "{" + name + ":\t" + value + " }")),
        0,
        4);
  }

  private static String quoted(String text) {
    return new String(new JsonText(16).string(text).toMessage().bytes(), StandardCharsets.UTF_8);
  }

  private static Arbitrary<String> groups() {
    return texts().filter(Names::isGroup);
  }

  private static Arbitrary<String> events() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withChars("AZ09_.-")
        .ofMaxLength(127)
        .map(rest -> "e" + rest);
  }

  /** Any text that can be written as UTF-8; half a surrogate pair cannot. */
  private static Arbitrary<String> texts() {
    StringArbitrary some = Arbitraries.strings().ofMaxLength(60);
    return Arbitraries.oneOf(
            some.ascii(),
            some.withChars("\"\\/\u0000\n\u001f\u007f\u0080é\u2028\uffff{}[]:,"),
            Arbitraries.of(0x1F600, 0x10FFFF, 0x10000, 0x20AC, 0xE9, 0x0A)
                .list()
                .ofMaxSize(20)
                .map(
                    all ->
                        all.stream()
                            .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                            .toString()),
            some.all())
        .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  private static Arbitrary<Long> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.longs(), Arbitraries.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE));
  }

  // ---- bytes

  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.oneOf(
        byteArrays(200),
        // what looks more like protobuf than chance would have it
        Arbitraries.of(0x0A, 0x12, 0x1A, 0x22, 0x2A, 0x32, 0x00, 0x01, 0x02, 0x05, 0x80, 0xFF, 0x0B)
            .map(Integer::byteValue)
            .list()
            .ofMaxSize(60)
            .map(CodecPropertyTest::array),
        Arbitraries.strings()
            .withChars("{}[]:,\"\\u0 1-eE.+truefalsn")
            .ofMaxLength(80)
            .map(text -> text.getBytes(StandardCharsets.UTF_8)));
  }

  @Provide
  Arbitrary<byte[]> pieces() {
    List<byte[]> dear =
        List.of(
            bytes(0x1A, 0x00), // an empty Any, again and again
            bytes(0x1A, 0x02, 0x12, 0x00),
            bytes(0x0A, 0x01, 0x61),
            bytes(0x32, 0x02, 0x0A, 0x00),
            bytes(0x1B), // groups in groups
            bytes(0x1B, 0x1C),
            bytes(0x00),
            bytes('['),
            bytes('{', '"', 'a', '"', ':'));
    return Arbitraries.oneOf(
        byteArrays(24).filter(bytes -> bytes.length > 0), Arbitraries.of(dear));
  }

  @Provide
  Arbitrary<byte[]> protobufFields() {
    return Arbitraries.of(
        new byte[0],
        bytes(0x0A),
        bytes(0x0A, 0x1A),
        bytes(0x2A, 0x12),
        bytes(0x12, 0x1A),
        bytes(0x32));
  }

  @Provide
  Arbitrary<String> jsonPieces() {
    return Arbitraries.of(
        "\"a\":1,", "\"a\":{\"a\":", "\"a\":[[[[", "\"data\":\"\\u0061", "\"\\u0061\":0,", "\"");
  }

  /** Content inside of nested fields, the last of them innermost. */
  private static byte[] wrapped(byte[] fields, byte[] content) {
    byte[] message = content;
    for (int i = fields.length - 1; i >= 0; i--) {
      message =
          new ProtobufWriter(ProtobufWriter.sizeOf(fields[i] >> 3, message))
              .write(fields[i] >> 3, message)
              .toMessage()
              .bytes();
    }
    return message;
  }

  private static byte[] repeated(byte[] piece, int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(piece.length * times);
    for (int i = 0; i < times; i++) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] array(List<Byte> values) {
    byte[] bytes = new byte[values.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = values.get(i);
    }
    return bytes;
  }

  private static Arbitrary<byte[]> byteArrays(int atMost) {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(atMost);
  }

  /** Some bytes are overwritten, some cut off, some put in. */
  record Damage(int place, byte[] inserted, int cut) {

    byte[] to(byte[] message) {
      byte[] damaged = message.clone();
      if (damaged.length > 0) {
        for (int i = 0; i < inserted.length; i++) {
          damaged[Math.floorMod(place + i * 7, damaged.length)] = inserted[i];
        }
      }
      return Arrays.copyOf(damaged, Math.max(0, damaged.length - cut));
    }
  }

  @Provide
  Arbitrary<Damage> damage() {
    return Combinators.combine(
            Arbitraries.integers(), byteArrays(4), Arbitraries.integers().between(0, 3))
        .as(Damage::new);
  }
}
