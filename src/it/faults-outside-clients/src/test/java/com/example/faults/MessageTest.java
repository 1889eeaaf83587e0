package com.example.faults;

import static io.github.webpubsubtestkit.service.MessagePattern.toUser;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.MessageFault;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Faulty
@DisplayName("Faults of messages to clients")
class MessageTest {

  @ParameterizedTest(name = "lost message: {0} gets the next, with a sequence id that tells of it")
  @EnumSource
  void lost(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).lose();
    Socket alice = reliable(kind, service, clients);

    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");

    assertThat(alice.seesMessage("2")).contains("\"sequenceId\":2");
    assertThat(alice.messages("1")).isZero();
  }

  @ParameterizedTest(name = "late message: {0} gets it later, and in order")
  @EnumSource
  void late(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    MessageFault late = service.faults().message(toUser("alice").withText("1")).delay(ofSeconds(5));
    Socket alice = simple(kind, service, clients);

    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");

    Faulty.Until.met(late);
    assertThat(alice.soFarWith("text ")).isEmpty();
    service.clock().advanceBy(ofSeconds(5));
    alice.sees("text 2");
    assertThat(alice.soFarWith("text ")).containsExactly("text 1", "text 2");
  }

  @ParameterizedTest(name = "repeated message: {0} gets it twice, with one sequence id")
  @EnumSource
  void repeated(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).repeat();
    Socket alice = reliable(kind, service, clients);

    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");

    alice.seesMessage("2");
    assertThat(alice.soFarWith("\"data\":\"1\""))
        .hasSize(2)
        .allMatch(line -> line.contains("\"sequenceId\":1"));
  }

  @ParameterizedTest(name = "gap in sequence ids: {0} gets the message with a higher one")
  @EnumSource
  void gap(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).skipSequenceIds(3);
    Socket alice = reliable(kind, service, clients);

    service.sendToUser("alice", "1");

    assertThat(alice.seesMessage("1")).contains("\"sequenceId\":4");
  }

  @ParameterizedTest(
      name = "frame cut off: {0} loses its connection and sees nothing of the message")
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JDK")
  void cutOff(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).cutOff();
    Socket alice = simple(kind, service, clients);

    service.sendToUser("alice", "first half, second half");

    alice.seesLoss();
    assertThat(alice.soFarWith("half")).filteredOn(line -> line.startsWith("text")).isEmpty();
  }

  // its listener is told of the half, of the end or of an InternalError, as it happens
  @Test
  @DisplayName(
      "frame cut off: the JDK's WebSocket hands over half a message or fails, and never the whole")
  void cutOffAtTheJdk(FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).cutOff();
    Socket alice = simple(Outside.JDK, service, clients);

    service.sendToUser("alice", "first half, second half");

    alice.await("half of a message, or the end", lines -> lines.size() > 1);
    assertThat(alice.soFarWith("text ")).isEmpty();
  }

  @ParameterizedTest(name = "malformed JSON: {0} hands it over as it is, and goes on")
  @EnumSource
  void malformed(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).malformed();
    Socket alice = pubSub(kind, service, clients);

    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");

    alice.seesMessage("2");
    assertThat(alice.seesMessage("1")).endsWith("\"data\":\"1\"");
  }

  @ParameterizedTest(name = "unknown type: {0} gets one that no specification knows, and goes on")
  @EnumSource
  void unknownType(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).unknownType();
    Socket alice = pubSub(kind, service, clients);

    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");

    alice.seesMessage("2");
    String type = alice.soFarWith("text ").get(1).replaceAll(".*\"type\":\"(\\w+)\".*", "$1");
    assertThat(type).isNotIn("message", "system", "ack", "pong");
  }

  @ParameterizedTest(name = "binary frame in place of a text: {0} gets bytes")
  @EnumSource
  void binaryForText(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).wrongEncoding();
    Socket alice = simple(kind, service, clients);

    service.sendToUser("alice", "grün");

    alice.sees("binary " + HexFormat.of().formatHex("grün".getBytes(UTF_8)));
  }

  @ParameterizedTest(name = "text frame that is no UTF-8: {0} ends the connection")
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OKHTTP")
  void textForBinary(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).wrongEncoding();
    Socket alice = simple(kind, service, clients);

    service.sendToUser("alice", Content.binary(new byte[] {(byte) 0xff, 1}));

    alice.seesEnd();
    assertThat(alice.soFarWith("text ")).isEmpty();
  }

  @Test
  @DisplayName("text frame that is no UTF-8: OkHttp reads what it can")
  void textForBinaryAtOkHttp(FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).wrongEncoding();
    Socket alice = simple(Outside.OKHTTP, service, clients);

    service.sendToUser("alice", Content.binary(new byte[] {(byte) 0xff, 'a'}));

    alice.sees("text \ufffda");
  }

  @ParameterizedTest(name = "fragments: {0} joins them, also within a character")
  @EnumSource
  void fragments(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).inFragments(9);
    Socket alice = simple(kind, service, clients);

    service.sendToUser("alice", "grüne Äpfel");

    alice.sees("text grüne Äpfel");
  }

  @Test
  @DisplayName("fragments: the JDK's WebSocket hands over each of them")
  void fragmentsAtTheJdk(FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).inFragments(3);
    Socket alice = simple(Outside.JDK, service, clients);

    service.sendToUser("alice", "apples");

    alice.sees("text apples");
    assertThat(alice.soFarWith("part of a text")).hasSize(2);
  }

  @ParameterizedTest(name = "compressed bit without compression: {0} ends the connection")
  @EnumSource
  void compressedBit(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).withCompressedBit();
    Socket alice = simple(kind, service, clients);

    service.sendToUser("alice", "hi");

    alice.seesEnd();
    assertThat(alice.soFarWith("text ")).isEmpty();
  }

  @ParameterizedTest(name = "oversize: {0} gets all of it")
  @EnumSource
  void oversize(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).oversize(200_000);
    Socket alice = simple(kind, service, clients);

    service.sendToUser("alice", "hi");

    assertThat(alice.seesStarting("text ")).hasSize(200_000).startsWith("hi  ");
  }

  @Test
  @DisplayName("lost message: Microsoft's JavaScript client goes on with the next one")
  void lostForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice").withText("1")).lose();
    MicrosoftClient alice = connected(service, clients);

    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");

    alice.sees("server: 2");
    assertThat(alice.soFarWith("server: 1")).isEmpty();
  }

  @Test
  @DisplayName("late message: Microsoft's JavaScript client gets it later, and in order")
  void lateForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    MessageFault late = service.faults().message(toUser("alice").withText("1")).delay(ofSeconds(5));
    MicrosoftClient alice = connected(service, clients);

    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");

    Faulty.Until.met(late);
    assertThat(alice.soFarWith("server")).isEmpty();
    service.clock().advanceBy(ofSeconds(5));
    alice.sees("server: 2");
    assertThat(alice.soFarWith("server")).containsExactly("server: 1", "server: 2");
  }

  @Test
  @DisplayName("repeated message: Microsoft's JavaScript client drops it by its sequence id")
  void repeatedForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).repeat();
    MicrosoftClient alice = connected(service, clients);

    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");

    alice.sees("server: 2");
    assertThat(alice.soFarWith("server")).containsExactly("server: 1", "server: 2");
  }

  @Test
  @DisplayName(
      "repeated message: Microsoft's JavaScript client on the protocol without sequence ids delivers"
          + " it twice")
  void repeatedOnPlainProtocol(FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).repeat();
    MicrosoftClient alice = clients.microsoftOnPlainProtocol(service);
    alice.connectionId();

    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");

    alice.sees("server: 2");
    assertThat(alice.soFarWith("server")).containsExactly("server: 1", "server: 1", "server: 2");
  }

  @Test
  @DisplayName("gap in sequence ids: Microsoft's JavaScript client does not mind")
  void gapForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).skipSequenceIds(3);
    MicrosoftClient alice = connected(service, clients);

    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");

    alice.sees("server: 2");
    assertThat(alice.soFarWith("server")).containsExactly("server: 1", "server: 2");
  }

  @Test
  @DisplayName("frame cut off: Microsoft's JavaScript client recovers, and gets the message whole")
  void cutOffForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).cutOff();
    MicrosoftClient alice = connected(service, clients);

    service.sendToUser("alice", "first half, second half");

    alice.sees("closed 1006");
    alice.sees("server: first half, second half");
    assertThat(alice.soFarWith("disconnected")).isEmpty();
  }

  @Test
  @DisplayName(
      "malformed JSON: Microsoft's JavaScript client throws where no application can catch it")
  void malformedForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).malformed();
    MicrosoftClient alice = connected(service, clients);

    service.sendToUser("alice", "1");

    assertThat(alice.seesStarting("uncaught ")).contains("JSON");
  }

  @Test
  @DisplayName("unknown type: Microsoft's JavaScript client ignores the message and goes on")
  void unknownTypeForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).unknownType();
    MicrosoftClient alice = connected(service, clients);

    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");

    alice.sees("server: 2");
    assertThat(alice.soFarWith("server")).containsExactly("server: 2");
    assertThat(alice.soFarWith("uncaught")).isEmpty();
  }

  @Test
  @DisplayName(
      "binary frame in place of JSON: Microsoft's JavaScript client throws where no application can"
          + " catch it")
  void wrongEncodingForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).wrongEncoding();
    MicrosoftClient alice = connected(service, clients);

    service.sendToUser("alice", "1");

    alice.sees("uncaught Invalid input for JSON hub protocol. Expected a string.");
  }

  @Test
  @DisplayName("fragments: Microsoft's JavaScript client joins them")
  void fragmentsForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).inFragments(100);
    MicrosoftClient alice = connected(service, clients);

    service.sendToUser("alice", "grüne Äpfel");

    alice.sees("server: grüne Äpfel");
  }

  @Test
  @DisplayName(
      "compressed bit without compression: Microsoft's JavaScript client recovers, and gets the"
          + " message")
  void compressedBitForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).withCompressedBit();
    MicrosoftClient alice = connected(service, clients);

    service.sendToUser("alice", "hi");

    alice.sees("closed 1006");
    alice.sees("server: hi");
  }

  @Test
  @DisplayName("oversize: Microsoft's JavaScript client reads it")
  void oversizeForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice")).oversize(200_000);
    MicrosoftClient alice = connected(service, clients);

    service.sendToUser("alice", "hi");

    alice.sees("server: hi");
  }

  @Test
  @DisplayName(
      "lost message: the others of the group, on OkHttp and on the JDK's WebSocket, get theirs")
  void lostForOne(FakeWebPubSub service, OutsideClients clients) {
    service.faults().message(toUser("alice").fromGroup("room")).lose();
    Socket bob = clients.bob(service);
    Socket alice = pubSub(Outside.OKHTTP, service, clients);
    alice.request("{'type':'joinGroup','group':'room','ackId':1}");
    alice.seesContaining("\"ackId\":1");

    service.sendToGroup("room", "1");
    service.sendToGroup("room", "2");

    alice.seesMessage("2");
    bob.seesMessage("2");
    assertThat(alice.messages("1")).isZero();
    assertThat(bob.messages("1")).isEqualTo(1);
  }

  private static Socket simple(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    Socket alice = clients.simple(kind, service);
    alice.seesStarting("open");
    return alice;
  }

  private static Socket pubSub(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    Socket alice = clients.pubSub(kind, service);
    alice.seesContaining("connectionId");
    return alice;
  }

  private static Socket reliable(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    Socket alice = clients.reliable(kind, service);
    alice.seesContaining("connectionId");
    return alice;
  }

  private static MicrosoftClient connected(FakeWebPubSub service, OutsideClients clients) {
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();
    return alice;
  }
}
