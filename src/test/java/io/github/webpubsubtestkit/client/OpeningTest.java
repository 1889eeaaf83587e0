package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static java.time.Duration.ofMillis;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.expect.Waiting;
import io.github.webpubsubtestkit.internal.timeline.Entry;
import io.github.webpubsubtestkit.internal.transport.Frame;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.WebSocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Opening a connection")
class OpeningTest {

  private final ScriptedService service = new ScriptedService();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  @DisplayName("a PubSub client is open once its connected message has come")
  void pubSub() {
    PubSubClient alice = service.pubSub(asUser("alice"));

    assertThat(alice.isConnected()).isTrue();
    assertThat(alice.connectionId()).isEqualTo("c1");
    assertThat(alice.userId()).contains("alice");
    assertThat(alice.hub()).isEqualTo("shop");
    assertThat(alice.protocol()).isEqualTo(Protocol.JSON);
    assertThat(alice).hasToString("PubSubClient alice");
    assertThat(alice.messages()).isEmpty();
    assertThat(service.handshake().headers().all("Sec-WebSocket-Protocol"))
        .containsExactly("json.webpubsub.azure.v1");
  }

  @Test
  @DisplayName("a simple client is open once 101 has come, and offers no subprotocol")
  void simple() {
    SimpleClient bob = service.simple(asUser("bob"));

    assertThat(bob.isConnected()).isTrue();
    assertThat(bob.userId()).contains("bob");
    assertThat(bob).hasToString("SimpleClient bob");
    assertThat(service.handshake().headers().all("Sec-WebSocket-Protocol")).isEmpty();
  }

  @Test
  @DisplayName("a refusal: status, body and the usual cause; the token is masked")
  void refused() {
    service.refusing(
        401,
        HttpHeaders.of("WWW-Authenticate", "Bearer error_description=\"it is expired\""),
        "100 %s\nno");

    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> service.pubSub(asUser("alice")))
        .satisfies(
            e -> {
              assertThat(e.statusCode()).isEqualTo(401);
              assertThat(e.body()).isEqualTo("100 %s\nno");
              assertThat(Frames.normalized(e))
                  .isEqualTo(
                      """
                      [alice] the service refused the connection with 401
                        url       ws://127.0.0.1:PORT/client/hubs/shop?access_token=***
                        body      100 %s\\nno
                        detail    Bearer error_description="it is expired"
                        usually   no token, or one that is expired, signed with another access key, or made for another hub or endpoint""");
            });
    assertThat(service.timeline().entries())
        .last()
        .extracting(Entry::party, Entry::text)
        .containsExactly("alice", "was refused with 401");
  }

  @Test
  @DisplayName("other refusals name what they usually mean, if they do")
  void otherRefusals() {
    service.refusing(400, HttpHeaders.none(), "");
    assertThat(Frames.messageOf(() -> service.pubSub(asUser("alice"))))
        .isEqualTo(
            """
            [alice] the service refused the connection with 400
              url       ws://127.0.0.1:PORT/client/hubs/shop?access_token=***
              body      empty
              usually   a hub name, webpubsub_mode, group or noEcho in the URL, or a group in the token, that is not valid""");
    service.refusing(404, HttpHeaders.none(), "");
    assertThat(Frames.messageOf(() -> service.pubSub(asUser("alice"))))
        .endsWith("  usually   a path other than /client/hubs/{hub}");
    service.refusing(403, HttpHeaders.none(), "");
    assertThat(Frames.messageOf(() -> service.pubSub(asUser("alice"))))
        .endsWith("  usually   the application's handler of the connect event did not let it in");
    service.refusing(500, HttpHeaders.none(), "");
    assertThat(Frames.messageOf(() -> service.simple(asUser("alice")))).endsWith("  body   empty");
  }

  @Test
  @DisplayName("nobody listens")
  void nobodyListens() throws IOException {
    try (Socket silent = new Socket()) { // bound, so that no other test gets the port
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      URI nowhere = URI.create("ws://127.0.0.1:" + silent.getLocalPort() + "/client/hubs/hub");

      assertThatExceptionOfType(ConnectFailedException.class)
          .isThrownBy(
              () -> service.connector().pubSub(WebSocketAddress.of(nowhere), asUser("alice")))
          .withCauseInstanceOf(IOException.class)
          .satisfies(
              e ->
                  assertThat(Frames.normalized(e))
                      .isEqualTo(
                          """
                        [alice] could not connect
                          url     ws://127.0.0.1:PORT/client/hubs/hub
                          cause   %s"""
                              .formatted(Frames.normalized(requireNonNull(e.getCause())))));
    }
    assertThat(service.timeline().entries())
        .last()
        .extracting(Entry::text)
        .asString()
        .startsWith("could not connect: ");
  }

  @Test
  @DisplayName("a service that does not answer the handshake")
  void noAnswer() {
    service.silent();

    assertThatExceptionOfType(ConnectFailedException.class)
        .isThrownBy(() -> service.hasty(ofMillis(50)).pubSub(service.address(), asUser("alice")))
        .extracting(Frames::normalized)
        .isEqualTo(
            """
            [alice] got no answer to its handshake within 50 ms
              url   ws://127.0.0.1:PORT/client/hubs/shop?access_token=***""");
  }

  @Test
  @DisplayName("a service that accepts but sends no connected message")
  void noConnectedMessage() {
    service.greeting();

    assertThatExceptionOfType(ConnectFailedException.class)
        .isThrownBy(() -> service.hasty(ofMillis(50)).pubSub(service.address(), asUser("alice")))
        .extracting(Frames::normalized)
        .isEqualTo(
            """
            [alice] got 101, but no connected message came within 50 ms
              url   ws://127.0.0.1:PORT/client/hubs/shop?access_token=***""");
  }

  @Test
  @DisplayName("a service that accepts and closes")
  void closedInsteadOfConnected() {
    service.greeting("no JSON");

    assertThat(Frames.messageOf(() -> service.pubSub(asUser("alice"))))
        .startsWith(
            "[alice] got 101, but no connected message came: ended by this client because the"
                + " service sent no valid message: ");
  }

  @Test
  @DisplayName("a service that selects no subprotocol")
  void noSubprotocol() {
    service.selecting(null);

    assertThat(Frames.messageOf(() -> service.pubSub(asUser("alice"))))
        .isEqualTo(
            """
            [alice] could not connect
              url     ws://127.0.0.1:PORT/client/hubs/shop?access_token=***
              cause   the service answered 101 but selected no subprotocol, so it will not speak json.webpubsub.azure.v1""");
  }

  @Test
  @DisplayName("an opening that is interrupted leaves no connection")
  void interrupted() {
    OpenClients connector = service.greeting().connector(); // it is never quite open
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedWaitException.class)
        .isThrownBy(() -> connector.pubSub(service.address(), asUser("alice")));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(connector.openClients()).isEmpty();
    assertThat(service.seesAnEnd()).isTrue();
  }

  @Test
  @DisplayName("only ws and wss URLs")
  void onlyWs() {
    OpenClients connector = service.connector();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                connector.pubSub(
                    WebSocketAddress.of(
                        URI.create("https://h/client/hubs/hub?access_token=secret")),
                    asUser("a")))
        .withMessage(
            "a client URL must be like ws://127.0.0.1:8080/client/hubs/hub?access_token=… but is"
                + " https://h/client/hubs/hub?access_token=***");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                connector.simple(WebSocketAddress.of(URI.create("/client/hubs/hub")), asUser("a")))
        .withMessageEndingWith("but is /client/hubs/hub");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                connector.simple(
                    WebSocketAddress.of(URI.create("http://h/client/hubs/hub")), asUser("a")));
  }

  @Test
  @DisplayName("the token goes into the header if asked for, from the URL or as given")
  void tokenInHeader() {
    service.connector().pubSub(service.address(), asUser("alice").tokenInHeader());
    assertThat(service.handshake().headers().first("Authorization"))
        .contains("Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln");
    assertThat(service.handshake().target()).isEqualTo("/client/hubs/shop");

    service
        .connector()
        .pubSub(
            WebSocketAddress.of(service.url().resolve("shop?a=1&ACCESS_TOKEN=&b=%2F")),
            asUser("alice").tokenInHeader().accessToken("given"));
    assertThat(service.handshake().target()).isEqualTo("/client/hubs/shop?a=1&b=%2F");
  }

  @Test
  @DisplayName(
      "names: as chosen, else the user id, else the user of the connected message, else numbered")
  void names() {
    OpenClients connector = service.connector();

    assertThat(connector.pubSub(service.address(), asUser("bob").name("Bob's phone")).name())
        .isEqualTo("Bob's phone");
    assertThat(connector.pubSub(service.address(), asUser("bob")).name()).isEqualTo("bob");
    assertThat(connector.pubSub(service.address(), anonymous()).name()).isEqualTo("alice");
    assertThat(connector.pubSub(service.address(), anonymous(), "given").name()).isEqualTo("given");
    service.greeting(ScriptedService.CONNECTED.replace("\"alice\"", "null"));
    assertThat(connector.pubSub(service.address(), anonymous()).name()).isEqualTo("client-2");
    service.greeting(ScriptedService.CONNECTED.replace("\"alice\"", "\"\""));
    assertThat(connector.pubSub(service.address(), asUser("")).name()).isEqualTo("client-3");
    service.selecting(null).greeting();
    assertThat(connector.simple(service.address(), anonymous()).name()).isEqualTo("client-4");
  }

  @Test
  @DisplayName("the hub comes from the URL, else the options, else the default")
  void hub() {
    OpenClients connector = service.connector();
    URI url = service.url();

    assertThat(connector.pubSub(WebSocketAddress.of(url), asUser("a").hub("other")).hub())
        .isEqualTo("shop");
    assertThat(
            connector
                .pubSub(WebSocketAddress.of(url.resolve("/client/?HUB=a%2Cb&x")), asUser("a"))
                .hub())
        .isEqualTo("a,b");
    assertThat(
            connector
                .pubSub(WebSocketAddress.of(url.resolve("/client")), asUser("a").hub("other"))
                .hub())
        .isEqualTo("other");
    assertThat(
            connector.pubSub(WebSocketAddress.of(url.resolve("/client?hub=")), asUser("a")).hub())
        .isEqualTo("hub");
  }

  @Test
  @DisplayName("frames of a foreign target are in the timeline, frames of the fake are not")
  void foreignFrames() {
    PubSubClient alice = service.connector(null).pubSub(service.address(), asUser("alice"));
    alice.sendRaw("hello");
    service.deliver(alice, new byte[0]);

    assertThat(service.timeline().entries())
        .extracting(entry -> entry.party() + " " + entry.direction().arrow() + " " + entry.text())
        .startsWith("alice <- text  " + ScriptedService.CONNECTED, "alice -> text  hello");
    int recorded = service.timeline().entries().size();
    service.pubSub(asUser("bob")).sendRaw("x");
    assertThat(service.timeline().entries()).hasSize(recorded);
  }

  @Test
  @DisplayName("a message that is none ends the connection, and is named")
  void malformed() {
    PubSubClient alice = service.pubSub(asUser("alice"));
    service.newest().send(Frame.text("[]"));

    Waiting.until(
        alice.connection.inbox().changes(),
        WaitTimes.ofSystem(null).usual().deadlineNanos(),
        () -> alice.connection.inbox().ending().isPresent() ? Optional.of(true) : Optional.empty());

    assertThat(Frames.failureOf(() -> assertThat(alice).receivesMessage()))
        .contains("  connection ended by this client because the service sent no valid message: ");
  }

  @Test
  @DisplayName("nothing is taken that stands behind such a message, even in the same packet")
  void behindMalformed() {
    PubSubClient alice = service.pubSub(asUser("alice"));
    service.onLoop(
        () -> {
          service.newest().send(Frame.text("[]"));
          service.newest().send(Frame.text(Frames.serverText("hi")));
          service.newest().send(Frame.text(Frames.ack("1")));
        });

    assertThat(Frames.failureOf(() -> assertThat(alice).receivesText("hi")))
        .contains("  connection ended by this client because the service sent no valid message: ");
    assertThat(alice.messages()).isEmpty();
    assertThat(alice.connection.inbox().acks()).isEmpty();
  }

  @Test
  @DisplayName("a frame with a reserved bit ends the connection, and is named")
  void reservedBit() {
    PubSubClient alice = service.pubSub(asUser("alice"));
    service.onLoop(
        () -> {
          service
              .newest()
              .send(
                  Frame.withCompressedBit(
                      true, Frames.serverText("hi").getBytes(StandardCharsets.UTF_8)));
          service.newest().send(Frame.text(Frames.serverText("hi")));
        });

    assertThat(Frames.failureOf(() -> assertThat(alice).receivesText("hi")))
        .contains(
            "  connection ended by this client because the service sent an invalid frame: a"
                + " reserved bit, RSV1, is set, but no extension was negotiated at ");
    assertThat(service.timeline().print())
        .contains("not a frame of a WebSocket server: a reserved bit, RSV1, is set");
  }
}
