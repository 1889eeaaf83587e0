package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Content.json;
import static io.github.webpubsubtestkit.client.Content.text;
import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static io.github.webpubsubtestkit.service.FaultyService.message;
import static io.github.webpubsubtestkit.service.MessagePattern.toAnyone;
import static io.github.webpubsubtestkit.service.MessagePattern.toConnection;
import static io.github.webpubsubtestkit.service.MessagePattern.toUser;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.conformance.WireClient;
import io.github.webpubsubtestkit.conformance.WireFrame;
import io.github.webpubsubtestkit.conformance.WireJsonClient;
import io.github.webpubsubtestkit.conformance.WireSocket;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@DisplayName("A fault of messages")
class MessageFaultTest {

  private final FaultyService service = new FaultyService(builder().build());
  private final Faults faults = service.faults();

  /** The fake of these tests. */
  FakeWebPubSubBuilder builder() {
    return FakeWebPubSub.builder();
  }

  /** How a connection ends that is cut off. */
  WireSocket.End endOfCutOff() {
    return WireSocket.End.END_OF_STREAM;
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  @DisplayName("loses a message of one receiver, and others get it")
  void loses() {
    WireJsonClient alice = service.json("alice");
    WireJsonClient bob = service.json("bob");
    faults.message(toUser("alice")).lose();

    service.send("1", "2");

    alice.expect(message("2"));
    bob.expect(message("1"));
    bob.expect(message("2"));
    assertThat(service.fake().timeline())
        .contains("fault: loss of message to user \"alice\", 1 of 1: alice#1")
        .contains("lost by a fault");
  }

  @Test
  @DisplayName("loses a message of a reliable client: a gap in its ids, and a recovery brings it")
  void losesReliably() {
    WireJsonClient alice = service.reliable("alice");
    faults.message(toUser("alice").withText("2")).lose();

    service.send("1", "2", "3");

    alice.expect(message("1", 1));
    alice.expect(message("3", 3));
    alice.wire().drop();
    WireJsonClient again = service.recover(alice);
    again.expect(message("1", 1));
    again.expect(message("2", 2));
    again.expect(message("3", 3));
  }

  @Test
  @DisplayName("whose acknowledged successor confirms the lost one: no recovery brings it")
  void losesForGood() {
    WireJsonClient alice = service.reliable("alice");
    faults.message(toUser("alice")).lose();
    service.send("1", "2");
    alice.expect(message("2", 2));

    alice.send("{\"type\":\"sequenceAck\",\"sequenceId\":2}");
    alice.expectOpen();
    alice.wire().drop();

    service.recover(alice).expectOpen();
  }

  @Test
  @DisplayName("delays a message and what follows, acks too, by the clock of the fake")
  void delays() {
    service.fake().clock().freeze();
    WireJsonClient alice = service.json("alice");
    WireJsonClient bob = service.json("bob");
    faults.message(toUser("alice").withText("1")).delay(ofSeconds(5));

    service.send("1", "2");
    alice.send("{\"type\":\"joinGroup\",\"group\":\"room\",\"ackId\":7}");
    alice.wire().expectOpen();
    bob.expect(message("1"));
    bob.expect(message("2"));
    service.fake().clock().advanceBy(ofSeconds(4));
    alice.wire().expectOpen();
    service.fake().clock().advanceBy(ofSeconds(1));

    alice.expect(message("1"));
    alice.expect(message("2"));
    alice.expectAck(7);
    alice.expectOpen();
  }

  @Test
  @DisplayName("delays again what waits already")
  void delaysTwice() {
    service.fake().clock().freeze();
    WireJsonClient alice = service.json("alice");
    faults.message(toUser("alice").withText("1")).delay(ofSeconds(1));
    faults.message(toUser("alice").withText("3")).delay(ofSeconds(3));

    service.send("1", "2", "3", "4");
    service.fake().clock().advanceBy(ofSeconds(1));
    alice.expect(message("1"));
    alice.expect(message("2"));
    alice.wire().expectOpen();
    service.fake().clock().advanceBy(ofSeconds(2));

    alice.expect(message("3"));
    alice.expect(message("4"));
  }

  @Test
  @DisplayName("delays the end of the connection behind the message")
  void delaysClose() {
    service.fake().clock().freeze();
    WireJsonClient alice = service.json("alice");
    faults.message(toUser("alice")).delay(ofSeconds(1));

    service.send("1");
    service.fake().closeConnection(alice.connectionId());
    alice.wire().expectOpen();
    service.fake().clock().advanceBy(ofSeconds(1));

    alice.expect(message("1"));
    alice.expectClosedByApplication("Application server closed the connection.");
  }

  @Test
  @DisplayName("that holds a message back is named by awaitIdle(), and ends with its connection")
  void heldBack() {
    service.fake().clock().freeze();
    PubSubClient alice = service.fake().connect(asUser("alice"));
    faults.message(toUser("alice")).delay(ofSeconds(1));
    service.send("1");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                service
                    .fake()
                    .clients()
                    .expectIdle(WaitTimes.fixed(Duration.ofMillis(200)).usual()))
        .withMessageContaining("a message to user \"alice\" is held back by a fault");
    alice.dropConnection();

    service.fake().awaitIdle();
    assertThat(service.fake().connections()).isEmpty();
  }

  @Test
  @DisplayName("repeats a message, with the same id")
  void repeats() {
    WireJsonClient alice = service.json("alice");
    WireJsonClient bob = service.reliable("bob");
    faults.message(toAnyone().withContent(json(Map.of("pay", 10)))).repeat().times(2);

    service.fake().sendJsonToAll(Map.of("pay", 10));

    String json =
        "{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"json\",\"data\":{\"pay\":10}}";
    alice.expect(json);
    alice.expect(json);
    String numbered = json.replaceAll("}$", ",\"sequenceId\":1}");
    bob.expect(numbered);
    bob.expect(numbered);
    alice.expectOpen();
    bob.expectOpen();
  }

  @Test
  @DisplayName("skips ids, which no recovery fills, and others than reliable ones do not meet it")
  void skips() {
    WireJsonClient bob = service.json("bob");
    WireJsonClient alice = service.reliable("alice");
    MessageFault fault = faults.message(toAnyone()).skipSequenceIds(3);

    service.send("1", "2");

    bob.expect(message("1"));
    bob.expect(message("2"));
    alice.expect(message("1", 4));
    alice.expect(message("2", 5));
    assertThat(fault.timesMet()).isOne();
    alice.wire().drop();
    WireJsonClient again = service.recover(alice);
    again.expect(message("1", 4));
    again.expect(message("2", 5));
    again.send("{\"type\":\"sequenceAck\",\"sequenceId\":4}");
    again.expectOpen();
    again.wire().drop();
    service.recover(again).expect(message("2", 5));
  }

  @Test
  @DisplayName("cuts a frame off in its middle and ends TCP, and the client may recover")
  void cutsOff() {
    WireJsonClient alice = service.reliable("alice");
    WireJsonClient bob = service.reliable("bob");
    faults.message(toUser("alice")).cutOff();

    service.send("1", "2");

    WireSocket socket = alice.wire().socket();
    List<Byte> half = new ArrayList<>();
    for (int next = socket.read(); next >= 0; next = socket.read()) {
      half.add((byte) next);
    }
    int whole = message("1", 1).length();
    assertThat(half).hasSize((whole + 3) / 2);
    assertThat(half.get(1)).isEqualTo((byte) whole);
    assertThat(socket.end()).isEqualTo(endOfCutOff());
    bob.expect(message("1", 1));
    WireJsonClient again = service.recover(alice);
    again.expect(message("1", 1));
    again.expect(message("2", 2));
  }

  @Test
  @DisplayName("that cuts off is met once by a connection, which is gone with it for all faults")
  void cutsOffOnce() {
    WireJsonClient alice = service.reliable("alice");
    MessageFault fault = faults.message(toUser("alice")).cutOff().times(2);
    ConnectionFault behind = faults.connection(ofUser("alice")).after(text("1")).close(1012);

    service.send("1", "2");

    assertThat(fault.timesMet()).isOne();
    assertThat(behind.timesMet()).isZero();
    alice.wire().expectEnd();
    WireJsonClient again = service.recover(alice);
    again.expect(message("1", 1));
    again.expect(message("2", 2));
    service.send("3");
    again.wire().expectEnd();
    assertThat(fault.timesMet()).isEqualTo(2);
  }

  @Test
  @DisplayName("sends a message that is no JSON, and the next is as always")
  void malformed() {
    WireJsonClient alice = service.json("alice");
    WireJsonClient bob = service.json("bob");
    faults.message(toUser("alice")).malformed();

    service.send("1", "2");

    alice.expect(message("1").replaceAll("}$", ""));
    alice.expect(message("2"));
    bob.expect(message("1"));
  }

  @Test
  @DisplayName("sends a message of a type that nobody knows")
  void unknownType() {
    WireJsonClient alice = service.json("alice");
    faults.message(toUser("alice")).unknownType();

    service.send("1", "2");

    alice.expect(message("1").replace("\"message\"", "\"x-message\""));
    alice.expect(message("2"));
  }

  @Test
  @DisplayName("sends a text message as a binary one")
  void wrongEncoding() {
    WireJsonClient alice = service.json("alice");
    faults.message(toUser("alice")).wrongEncoding();

    service.send("1", "2");

    WireFrame frame = alice.wire().next();
    assertThat(frame.opcode()).isEqualTo(WireFrame.BINARY);
    assertThat(new String(frame.payload(), UTF_8)).isEqualTo(message("1"));
    alice.expect(message("2"));
  }

  @Test
  @DisplayName("sends a message in fragments, cut within a character")
  void fragments() {
    WireClient alice = service.simple("alice");
    WireClient bob = service.simple("bob");
    faults.message(toUser("alice")).inFragments(3);

    service.send("äöü");

    byte[] all = "äöü".getBytes(UTF_8);
    WireFrame first = alice.next();
    WireFrame second = alice.next();
    WireFrame third = alice.next();
    assertThat(List.of(first.fin(), second.fin(), third.fin())).containsExactly(false, false, true);
    assertThat(List.of(first.opcode(), second.opcode(), third.opcode()))
        .containsExactly(WireFrame.TEXT, WireFrame.CONTINUATION, WireFrame.CONTINUATION);
    ByteBuffer joined = ByteBuffer.allocate(all.length);
    joined.put(first.payload()).put(second.payload()).put(third.payload());
    assertThat(joined.array()).isEqualTo(all);
    bob.expectText("äöü");
    faults.message(toUser("alice")).inFragments(4);
    service.send("ä");
    assertThat(alice.next().payload()).containsExactly(0xc3);
    assertThat(alice.next().payload()).containsExactly(0xa4);
  }

  @Test
  @DisplayName("claims that a frame is compressed")
  void compressedBit() {
    WireClient alice = service.simple("alice");
    WireClient bob = service.simple("bob");
    faults.message(toUser("alice")).withCompressedBit();

    service.send("hi");

    assertThat(alice.socket().read(4)).containsExactly(0xc1, 2, 'h', 'i');
    bob.expectText("hi");
  }

  @Test
  @DisplayName("pads a message, so that it says the same")
  void oversize() {
    WireJsonClient alice = service.json("alice");
    WireClient bob = service.simple("bob");
    PubSubClient carol = service.fake().connect(asUser("carol").protocol(Protocol.PROTOBUF));
    faults.message(toAnyone()).oversize(20 * 1024 * 1024).times(3);

    service.send("hi");

    alice.expect(message("hi") + " ".repeat(20 * 1024 * 1024 - message("hi").length()));
    assertThat(bob.nextText()).hasSize(20 * 1024 * 1024).startsWith("hi ");
    assertThat(carol).receivesText("hi");
  }

  @Test
  @DisplayName("pads protobuf to the size that was asked for")
  void oversizeProtobuf() {
    for (int size : new int[] {200, 201, 255, 16_510, 16_511, 16_512}) {
      WireClient carol = service.open("carol", Protocol.PROTOBUF);
      carol.next();
      faults.message(toUser("carol")).oversize(size);
      service.send("hi");
      assertThat(carol.next().payload().length).isBetween(size - 1, size);
      carol.drop();
      service.fake().awaitIdle();
    }
  }

  @ParameterizedTest
  @EnumSource(value = Protocol.class)
  @DisplayName("can be met or not, by the form of the messages of each subprotocol")
  void forms(Protocol protocol) {
    WireClient client = service.open("alice", protocol);
    client.next();
    MessageFault malformed = faults.message(toUser("alice")).malformed();
    MessageFault unknown = faults.message(toUser("alice")).unknownType();
    MessageFault skipping = faults.message(toUser("alice")).skipSequenceIds(1);
    MessageFault encoding = faults.message(toUser("alice")).wrongEncoding();

    service.send("1", "2", "3", "4", "5");

    boolean binary = protocol.name().startsWith("PROTOBUF");
    boolean reliable = protocol.name().contains("RELIABLE");
    for (int i = 0; i < 5; i++) {
      boolean wrong = i == (reliable ? 3 : 2);
      assertThat(client.next().opcode())
          .isEqualTo(binary == wrong ? WireFrame.TEXT : WireFrame.BINARY);
    }
    assertThat(List.of(malformed.timesMet(), unknown.timesMet(), encoding.timesMet()))
        .containsExactly(1, 1, 1);
    assertThat(skipping.timesMet()).isEqualTo(reliable ? 1 : 0);
  }

  @Test
  @DisplayName("of a form is not met by simple clients, whose messages have none")
  void simpleClients() {
    WireClient alice = service.simple("alice");
    MessageFault malformed = faults.message(toUser("alice")).malformed();
    MessageFault unknown = faults.message(toUser("alice")).unknownType();

    service.send("1");

    alice.expectText("1");
    assertThat(malformed.timesMet() + unknown.timesMet()).isZero();
  }

  @Test
  @DisplayName("is met by what its pattern describes, and of two by the first")
  void patterns() {
    WireJsonClient alice = service.json("alice");
    WireJsonClient bob = service.json("bob");
    service.fake().addUserToGroup("alice", "room");
    service.fake().addUserToGroup("bob", "room");
    faults.message(toConnection(bob.connectionId()).fromGroup("room")).lose();
    faults.message(toUser("alice").inHub("other")).lose().lenient();
    faults.message(toUser("alice").withText("x")).lose().lenient();
    MessageFault first = faults.message(toUser("alice")).repeat();
    MessageFault second = faults.message(toUser("alice")).repeat();

    service.fake().sendToAll("1");
    service.fake().sendToGroup("room", "2");
    service.fake().sendToGroup("room", "3");

    alice.expect(message("1"));
    alice.expect(message("1"));
    assertThat(alice.next()).contains("\"data\":\"2\"");
    assertThat(alice.next()).contains("\"data\":\"2\"");
    assertThat(alice.next()).contains("\"data\":\"3\"");
    bob.expect(message("1"));
    assertThat(bob.next()).contains("\"data\":\"3\"");
    assertThat(first.timesMet() + second.timesMet()).isEqualTo(2);
  }

  @Test
  @DisplayName("that was met explains why a message is missing")
  void explains() {
    PubSubClient alice = service.fake().connect(asUser("alice"));
    faults.message(toUser("alice")).lose();
    service.fake().sendToUser("alice", "1");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(alice).within(Duration.ofMillis(1)).receivesText("1"))
        .withMessageContaining("exactly this, but a fault came between: loss for message to user");
  }

  @Test
  @DisplayName("cannot be what it makes no sense to be")
  void misuse() {
    MessageFault fault = faults.message(toUser("alice"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fault.inFragments(1))
        .withMessage("fragments must be at least 2 but is 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fault.skipSequenceIds(0))
        .withMessage("ids must be 1 to 10000 but is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fault.oversize(0))
        .withMessage("bytes must be 1 to 67108864 but is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fault.delay(Duration.ZERO))
        .withMessage("delay must be more than zero but is PT0S");
    fault.lose();
    assertThatIllegalStateException()
        .isThrownBy(fault::repeat)
        .withMessage(
            "a message has one fault, order another for the next: loss for message to user"
                + " \"alice\", met 0 of 1 times");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> service.fake().assertNoFailures())
        .withMessageContaining(
            "fault not met: loss for message to user \"alice\", met 0 of 1 times");
  }
}
