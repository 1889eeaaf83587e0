package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Frames.disconnected;
import static io.github.webpubsubtestkit.client.Frames.failureOf;
import static io.github.webpubsubtestkit.client.Frames.messageOf;
import static io.github.webpubsubtestkit.client.Frames.serverText;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.webpubsubtestkit.internal.timeline.Entry;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The end of a connection")
class ClosingTest {

  private static final String PROTOCOL =
      ", groups [], hub \"shop\", protocol json.webpubsub.azure.v1\n"
          + "  times are seconds since the service started; now it is +0.000 s";

  private final ScriptedService service = new ScriptedService();
  private final PubSubClient alice = service.pubSub(asUser("alice"));

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  @DisplayName("close() ends with 1000, again has no effect, and messages stay")
  void close() {
    service.deliver(alice, serverText("a"));

    alice.close();
    alice.close();
    alice.close(4000, "again");

    assertThat(alice.isConnected()).isFalse();
    assertThat(alice.closeStatus()).contains(new CloseStatus(1000, ""));
    assertThat(alice).isClosed().hasCode(1000).hasNoReason().hasNoDisconnectedMessage();
    assertThat(alice).receivesText("a");
  }

  @Test
  @DisplayName("close(code, reason) sends both")
  void closeWith() {
    alice.close(4001, "bye");

    assertThat(alice.closeStatus()).contains(new CloseStatus(4001, "bye")); // echoed
    assertThat(failureOf(() -> assertThat(alice).isConnected()))
        .endsWith("  connection ended by close(4001 \"bye\") at +0.000 s" + PROTOCOL);
  }

  @Test
  @DisplayName("dropConnection() ends without a close frame")
  void drop() {
    alice.dropConnection();

    assertThat(alice).isClosed().wasDropped().hasCode(1006);
    assertThat(service.timeline().entries())
        .extracting(Entry::text)
        .containsExactly("dropConnection(): TCP reset");
    alice.close(); // never throws for a connection that is lost already
  }

  @Test
  @DisplayName("a lost socket is noted in the timeline")
  void lost() {
    service.newest().abort();

    assertThat(alice).isClosed().wasDropped();
    assertThat(service.timeline().entries())
        .extracting(Entry::text)
        .containsExactly("lost its socket: no close frame came");
  }

  @Test
  @DisplayName("a service that does not answer the close frame is cut off")
  void noAnswer() {
    PubSubClient hasty = service.hasty(ofSeconds(1)).pubSub(service.address(), asUser("hasty"));
    service.newest().pauseReading();

    hasty.close();

    assertThat(hasty).within(ZERO).isClosed().wasDropped();
    assertThat(service.timeline().entries())
        .last()
        .extracting(Entry::text)
        .isEqualTo("did not close in time: TCP reset");
  }

  @Test
  @DisplayName("closing goes on by a reset when the thread is interrupted")
  void interrupted() {
    service.newest().pauseReading();
    Thread.currentThread().interrupt();

    alice.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(alice).isClosed().wasDropped();
  }

  @Test
  @DisplayName("what needs an open connection says how it was closed")
  void closedClient() {
    service
        .newest()
        .send(io.github.webpubsubtestkit.internal.transport.Frame.text(disconnected("x")));
    service.newest().close(1000, "done");
    assertThat(alice).isClosed();

    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> alice.sendRaw("x"),
            () -> alice.sendRaw(new byte[0]),
            () -> alice.joinGroup("g"),
            () -> alice.leaveGroup("g"),
            () -> alice.sendToGroup("g", "x"),
            () -> alice.sendEvent("e", "x"),
            alice::ping,
            alice::dropConnection)) {
      assertThatIllegalStateException()
          .isThrownBy(use)
          .withMessageMatching(
              "\\[alice] \\w+ needs an open connection, but this one was closed by the service at"
                  + " \\+\\d\\.\\d{3} s with 1000 \"done\"\\. Connect another client to go on");
    }
    assertThat(alice.disconnectedMessage()).contains("x");
    assertThat(alice.connectionId()).isEqualTo("c1");
  }

  @Test
  @DisplayName("what needs an open connection, after close() and on a simple client")
  void closedSimpleClient() {
    try (ScriptedService other = new ScriptedService()) {
      SimpleClient bob = other.simple(asUser("bob"));
      bob.close();

      for (ThrowingCallable use :
          List.<ThrowingCallable>of(
              () -> bob.sendText("x"),
              () -> bob.sendJson("1"),
              () -> bob.sendBinary(new byte[0]))) {
        assertThat(messageOf(use))
            .matches(
                "\\[bob] \\w+ needs an open connection, but this one was ended by close\\(\\) at"
                    + " \\+0\\.000 s\\. Connect another client to go on");
      }
    }
  }

  @Test
  @DisplayName("a connection that does not end")
  void doesNotEnd() {
    service.deliver(alice, serverText("a"));

    assertThat(failureOf(() -> assertThat(alice).within(ofMillis(20)).isClosed()))
        .isEqualTo(
            """
            [alice] expected the connection to end within 20 ms but it is open
              received   1 message
                +0.000 s  server  text  "a"
              connection open since +0.000 s"""
                + PROTOCOL);
    assertThat(failureOf(() -> assertThat(alice).within(ZERO).isClosed()))
        .isEqualTo(
            """
            [alice] expected a closed connection but it is open
              received   1 message
                +0.000 s  server  text  "a"
              connection open since +0.000 s"""
                + PROTOCOL);
  }

  @Test
  @DisplayName("a connection that ends otherwise")
  void otherwise() {
    service
        .newest()
        .send(io.github.webpubsubtestkit.internal.transport.Frame.text(disconnected("Gone.")));
    service.newest().close(1011, "oops");
    CloseAssert close = assertThat(alice).within(ofSeconds(100)).isClosed();
    String state =
        "\n  connection closed by the service at +0.000 s with 1011 \"oops\","
            + " after it said disconnected: \"Gone.\""
            + PROTOCOL;

    assertThat(failureOf(() -> close.hasCode(1000)))
        .isEqualTo(
            """
            [alice] expected the connection to end with code 1000 but was 1011 "oops\""""
                + state);
    assertThat(failureOf(() -> close.hasReason("")))
        .isEqualTo(
            """
            [alice] expected the connection to end with reason "" but was 1011 "oops\""""
                + state);
    assertThat(failureOf(close::hasNoReason))
        .isEqualTo(
            """
            [alice] expected the connection to end with no reason but was 1011 "oops\""""
                + state);
    assertThat(failureOf(close::wasDropped))
        .isEqualTo(
            """
            [alice] expected the connection to end with no close frame but was 1011 "oops\""""
                + state);
    assertThat(failureOf(() -> close.hasDisconnectedMessage("Bye.")))
        .isEqualTo(
            """
            [alice] expected the connection to end after disconnected message "Bye." but was "Gone.\""""
                + state);
    assertThat(failureOf(close::hasNoDisconnectedMessage))
        .isEqualTo(
            """
            [alice] expected the connection to end after no disconnected message but was "Gone.\""""
                + state);
    close.hasCode(1011).hasReason("oops").hasDisconnectedMessage("Gone.");
  }

  @Test
  @DisplayName("a close status alone knows no disconnected message")
  void statusAlone() {
    CloseStatus status = new CloseStatus(1006, "");

    assertThat(status).wasDropped();
    assertThat(failureOf(() -> assertThat(status).hasCode(1000)))
        .isEqualTo(
            """
            [close] expected the connection to end with code 1000 but was 1006""");
    assertThatIllegalStateException()
        .isThrownBy(() -> assertThat(status).hasNoDisconnectedMessage())
        .withMessage(
            "hasNoDisconnectedMessage needs the end of a PubSubClient's connection, as in"
                + " assertThat(pubSubClient).isClosed().hasNoDisconnectedMessage(…)");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 999, 1004, 1006, 1015, 1100, 2999, 5000})
  @DisplayName("no close frame can carry code")
  void badCode(int code) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> alice.close(code, ""))
        .withMessage(
            "code of a close frame must be 1000 to 1003, 1007 to 1014, 3000 to 4999, or 1005 for a"
                + " frame without a code, but is "
                + code);
    assertThat(alice).isConnected();
  }

  @Test
  @DisplayName("no close frame can carry a reason that is too long")
  void badReason() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> alice.close(1000, "ü".repeat(62)))
        .withMessage("reason of a close frame must have at most 123 bytes of UTF-8 but has 124");
    assertThatIllegalArgumentException().isThrownBy(() -> alice.close(1005, "x"));
    alice.close(1000, "ü".repeat(61));
    assertThat(alice).isClosed().hasCode(1000);
  }

  @Test
  @DisplayName("1005 sends a close frame without a code")
  void withoutCode() {
    alice.close(1005, "");

    assertThat(alice).isClosed().hasCode(1005);
  }
}
