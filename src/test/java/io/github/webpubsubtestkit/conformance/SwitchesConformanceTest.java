package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.RestDriver.group;
import static io.github.webpubsubtestkit.conformance.RestDriver.user;
import static io.github.webpubsubtestkit.conformance.WireFrame.CLOSE;
import static io.github.webpubsubtestkit.conformance.WireFrame.CONTINUATION;
import static io.github.webpubsubtestkit.conformance.WireFrame.TEXT;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The other variants of client-protocols 0.3, each behind its switch (client-protocols 0.4); those
 * that concern tokens, REST or recovery are with their subject.
 */
class SwitchesConformanceTest {

  private static FakeWebPubSubBuilder fake() {
    return FakeWebPubSub.builder();
  }

  // client-protocols D02, D03: an event that nobody takes

  @Test
  @DisplayName(
      "client-protocols D02: with dropOnUserEventFailure the negative ack is followed by close 1011")
  void dropAfterAck() {
    try (FakeFixture fixture =
        FakeFixture.of(fake().clients(clients -> clients.dropOnUserEventFailure(true)))) {
      WireJsonClient client = fixture.json(fixture.token());

      client.send(json("{'type':'event','event':'e','data':1,'ackId':1}"));

      client.expectAck(1, "InternalServerError", "Internal server error");
      client.wire().expectClose(1011, "Internal server error");
    }
  }

  @Test
  @DisplayName(
      "client-protocols D02: with dropOnUserEventFailure an event without ackId brings close 1011 alone")
  void dropWithoutAck() {
    try (FakeFixture fixture =
        FakeFixture.of(fake().clients(clients -> clients.dropOnUserEventFailure(true)))) {
      WireJsonClient client = fixture.json(fixture.token());

      client.send(json("{'type':'event','event':'e','data':1}"));

      client.wire().expectClose(1011, "Internal server error");
    }
  }

  @Test
  @DisplayName(
      "client-protocols D02: dropOnUserEventFailure is about events that fail, and about nothing else")
  void dropNothingElse() {
    try (FakeFixture fixture =
        FakeFixture.of(fake().clients(clients -> clients.dropOnUserEventFailure(true)))) {
      fixture.fake().recordEvents();
      WireJsonClient client = fixture.json(fixture.token());

      client.send(json("{'type':'event','event':'e','data':1,'ackId':1}"));
      client.expectAck(1);
      client.send(json("{'type':'event','event':'e','data':1,'ackId':1}"));
      client.expectDuplicate(1);
      client.send(json("{'type':'joinGroup','group':'g','ackId':2}"));
      client.expectForbidden(2, "join", "g");
      client.expectOpen();
    }
  }

  @Test
  @DisplayName(
      "client-protocols D03: with rawFailureCloseCode 1000 a failed message closes without a reason")
  void rawFailure() {
    try (FakeFixture fixture =
        FakeFixture.of(fake().clients(clients -> clients.rawFailureCloseCode(1000)))) {
      WireClient client = fixture.raw(fixture.token());

      client.sendText("hi");

      client.expectClose(1000, "");
    }
  }

  @Test
  @DisplayName(
      "client-protocols D03: rawFailureCloseCode does not change the close of who may not send to a group")
  void rawForbidden() {
    try (FakeFixture fixture =
        FakeFixture.of(fake().clients(clients -> clients.rawFailureCloseCode(1000)))) {
      WireClient client = fixture.rawSender(fixture.token(), "g");

      client.sendText("hi");

      client.expectClose(1008, "The connection is not authorized for raw sendToGroup mode.");
    }
  }

  // client-protocols D10: a client that does not read

  @Test
  @DisplayName(
      "client-protocols D10: with closeOnOverflow a client that does not read is closed with 1008")
  void overflow() {
    String text = "x".repeat(100_000);
    try (FakeFixture fixture =
        FakeFixture.of(
            fake()
                .clients(clients -> clients.closeOnOverflow(true))
                .limits(limits -> limits.maxQueuedMessages(10).maxQueuedBytes(500_000)))) {
      WireJsonClient other = fixture.json(fixture.token().groups("h"));
      UpgradeRequest request = fixture.request(fixture.token().user("alice").groups("g"));
      WireSocket socket = fixture.socketWithReceiveBuffer(4096);
      socket.send(request.bytes(fixture.endpoint()));
      WireClient client = WireClient.upgraded(socket, request);
      RestDriver rest = fixture.rest();

      int sends = 0;
      while (sends < 400 && rest.exists(user("alice"))) {
        rest.sendText(group("g"), text);
        sends++;
      }

      assertThat(rest.exists(user("alice"))).as("exists after %d sends", sends).isFalse();
      List<WireFrame> frames = new ArrayList<>();
      do {
        frames.add(client.next());
      } while (frames.get(frames.size() - 1).opcode() != CLOSE);
      WireFrame close = frames.remove(frames.size() - 1);
      assertThat(close.closeCode()).isEqualTo(1008);
      assertThat(close.closeReason()).isEqualTo("The outbound message queue is full.");
      assertThat(frames)
          .hasSizeLessThan(sends) // what waited is gone
          .allSatisfy(frame -> assertThat(frame.payload()).hasSize(text.length()));
      client.sendClose(1008, "");
      client.expectEnd();
      other.expectOpen();
    }
  }

  @Test
  @DisplayName(
      "client-protocols D10: a client that does not even read its close is cut off by the clock")
  void overflowAndSilence() {
    String text = "x".repeat(100_000);
    try (FakeFixture fixture =
        FakeFixture.of(
            fake()
                .clients(clients -> clients.closeOnOverflow(true))
                .limits(limits -> limits.maxQueuedBytes(500_000)))) {
      UpgradeRequest request = fixture.request(fixture.token().user("alice").groups("g"));
      WireSocket socket = fixture.socketWithReceiveBuffer(4096);
      socket.send(request.bytes(fixture.endpoint()));
      WireClient client = WireClient.upgraded(socket, request);
      RestDriver rest = fixture.rest();
      for (int sends = 0; sends < 400 && rest.exists(user("alice")); sends++) {
        rest.sendText(group("g"), text);
      }

      fixture.fake().clock().advanceBy(Duration.ofSeconds(5));

      assertThat(client.readToEnd()).noneMatch(frame -> frame.opcode() == CLOSE);
      assertThat(client.expectEnd()).isEqualTo(WireSocket.End.RESET);
    }
  }

  // client-protocols D18: fragments

  @Test
  @DisplayName(
      "client-protocols D18: with fragmentOutgoingAbove longer messages come in pieces, others in one")
  void fragments() {
    try (FakeFixture fixture =
        FakeFixture.of(fake().clients(clients -> clients.fragmentOutgoingAbove(1_000)))) {
      WireClient client = fixture.raw(fixture.token().groups("g"));
      RestDriver rest = fixture.rest();
      String text = "ä".repeat(1_250); // 2,500 bytes, and no boundary of a character in the middle

      rest.sendText(group("g"), "x".repeat(1_000));
      rest.sendText(group("g"), "x" + text);
      rest.sendText(group("g"), "");

      client.expectText("x".repeat(1_000));
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      int[] sizes = {1_000, 1_000, 501};
      for (int i = 0; i < sizes.length; i++) {
        WireFrame frame = client.next();
        assertThat(frame.opcode()).as("%s", frame).isEqualTo(i == 0 ? TEXT : CONTINUATION);
        assertThat(frame.fin()).as("%s", frame).isEqualTo(i == 2);
        assertThat(frame.payload()).hasSize(sizes[i]);
        joined.writeBytes(frame.payload());
      }
      assertThat(joined.toString(UTF_8)).isEqualTo("x" + text);
      client.expectText("");
      client.expectOpen();
    }
  }

  // all at once

  @Test
  @DisplayName("client-protocols D05: like the emulator, a sender without a user id is null")
  void likeEmulatorForClients() {
    try (FakeFixture fixture = FakeFixture.of(fake().likeEmulator())) {
      WireJsonClient receiver = fixture.json(fixture.token().groups("g"));
      WireJsonClient sender = fixture.json(fixture.token().roles("webpubsub.sendToGroup"));

      sender.send(json("{'type':'sendToGroup','group':'g','dataType':'text','data':'hi'}"));

      receiver.expect(
          json(
              "{'type':'message','from':'group','group':'g','fromUserId':null,'dataType':'text','data':'hi'}"));
    }
  }

  @Test
  @DisplayName(
      "rest-api S04: like the emulator, a chunked send is refused; what is said later counts")
  void likeEmulatorForRest() {
    String[] lines = {"Content-Type: text/plain", "Transfer-Encoding: chunked"};
    byte[] body = "2\r\nhi\r\n0\r\n\r\n".getBytes(UTF_8);

    try (RestFixture emulator = RestFixture.of(fake().likeEmulator());
        RestFixture lenient =
            RestFixture.of(fake().likeEmulator().rest(rest -> rest.requireContentLength(false)))) {
      assertThat(emulator.exchange(emulator.sendHead(lines), body).status()).isEqualTo(400);
      assertThat(lenient.exchange(lenient.sendHead(lines), body).status()).isEqualTo(202);
    }
  }
}
