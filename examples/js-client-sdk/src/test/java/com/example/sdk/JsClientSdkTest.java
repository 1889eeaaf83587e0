package com.example.sdk;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.core.http.rest.RequestOptions;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.ConnectionInfo;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are those of the cases that Microsoft's JavaScript client stands for. */
@DisplayName("group-client.js on @azure/web-pubsub-client")
@WebPubSubTest
@Timeout(90)
class JsClientSdkTest {

  private static final String RELIABLE = "";
  private static final String PLAIN = "--plain";

  private static Path folder;

  @BeforeAll
  @Timeout(360)
  static void install() throws Exception {
    folder = NodeProject.install();
  }

  @ParameterizedTest(name = "hears every kind of message {0}")
  @ValueSource(strings = {RELIABLE, PLAIN})
  void hearsOthers(
      String protocol, FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob)
      throws Exception {
    try (NodeProcess node = start(url(service), protocol)) {
      node.printsLineStarting("connected as nora ");
      node.type("join room");
      node.prints("joined room");
      assertThat(service).hasGroupMember("room", "nora");

      bob.sendToGroup("room", "hi, \"nora\" grün");
      bob.sendJsonToGroup("room", "{\"price\":12.5,\"of\":[1,null]}");
      bob.sendToGroup("room", Content.binary(new byte[] {0, 1, (byte) 0xff}));
      service.sendToUser("nora", "from the application");
      service.sendJsonToAll("\"a JSON string\"");
      service.sendToGroup("room", "");

      node.prints("room bob text: hi, \"nora\" grün");
      node.prints("room bob json: {\"price\":12.5,\"of\":[1,null]}");
      node.prints("room bob binary: 0001ff");
      node.prints("server text: from the application");
      node.prints("server json: \"a JSON string\"");
      node.prints("room - text: ");
    }
  }

  @ParameterizedTest(name = "is heard with every kind of message {0}")
  @ValueSource(strings = {RELIABLE, PLAIN})
  void isHeard(
      String protocol,
      FakeWebPubSub service,
      @Connected(userId = "bob", groups = "room") PubSubClient bob)
      throws Exception {
    service.recordEvents();
    try (NodeProcess node = start(url(service), protocol)) {
      node.type("text room hi, bob");
      node.type("json room {\"a\":[1,2]}");
      node.type("binary room 0001ff");
      node.type("event greeting hello");

      node.prints("sent hi, bob");
      node.prints("sent {\"a\":[1,2]}");
      node.prints("sent 0001ff");
      node.prints("sent event greeting");
      assertThat(bob).receivesText("hi, bob").isFromUser("nora").isFromGroup("room");
      assertThat(bob).receivesJson("{\"a\":[1,2]}");
      assertThat(bob).receivesBinary(new byte[] {0, 1, (byte) 0xff});
      assertThat(service).receivesEvent("greeting").hasText("hello");
      assertThat(service)
          .hasReceivedRequest(sendToGroup("room").withText("hi, bob").fromUser("nora"));
    }
  }

  @ParameterizedTest(name = "leaves a group {0}")
  @ValueSource(strings = {RELIABLE, PLAIN})
  void leaves(String protocol, FakeWebPubSub service) throws Exception {
    try (NodeProcess node = start(url(service), protocol)) {
      node.type("join room");
      node.prints("joined room");
      node.type("leave room");
      node.prints("left room");
      assertThat(service).hasNoGroupMember("room", "nora");
    }
  }

  @ParameterizedTest(name = "C275 takes a Duplicate for a success {0}")
  @ValueSource(strings = {RELIABLE, PLAIN})
  void duplicate(String protocol, FakeWebPubSub service) throws Exception {
    try (NodeProcess node = start(url(service), protocol)) {
      node.type("again room");
      node.prints("duplicate: false, true");
    }
  }

  @Test
  @DisplayName("C276 says Forbidden after four tries with four ackIds")
  void forbidden(FakeWebPubSub service) throws Exception {
    String url = service.clientUrl(asUser("nora").withoutRoles()).toString();
    try (NodeProcess node = start(url, RELIABLE)) {
      node.type("join room");
      node.prints("join room failed: Forbidden");

      for (int ackId = 1; ackId <= 4; ackId++) {
        assertThat(service.timeline())
            .containsPattern("\"type\":\"ack\",\"ackId\":" + ackId + ",\"success\":false");
      }
      assertThat(service.requests())
          .filteredOn(request -> request.operation().equals("joinGroup"))
          .hasSize(4);
    }
  }

  @ParameterizedTest(name = "stop is final: the connection is gone at once {0}")
  @ValueSource(strings = {RELIABLE, PLAIN})
  void stops(String protocol, FakeWebPubSub service) throws Exception {
    try (NodeProcess node = start(url(service), protocol)) {
      node.type("join room");
      node.prints("joined room");

      node.type("stop");

      assertThat(node.exitCode()).isZero();
      assertThat(node.printed()).contains("stopped");
      service.awaitIdle();
      assertThat(service).hasNoConnections();
    }
  }

  @ParameterizedTest(name = "is told when its token is no good {0}")
  @ValueSource(strings = {RELIABLE, PLAIN})
  void refused(String protocol, FakeWebPubSub service) throws Exception {
    String url = service.clientUrl(asUser("nora").withoutToken()).toString();
    try (NodeProcess node = start(url, protocol)) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.printed()).contains("not started: Unexpected server response: 401");
    }
  }

  @ParameterizedTest(name = "C273 is told why it was closed, and connects anew {0}")
  @ValueSource(strings = {RELIABLE, PLAIN})
  void closedByTheApplication(String protocol, FakeWebPubSub service) throws Exception {
    try (NodeProcess node = start(url(service), protocol)) {
      node.type("join room");
      node.prints("joined room");
      String first = connectionOf(service).connectionId();

      server(service)
          .closeConnectionWithResponse(first, new RequestOptions().addQueryParam("reason", "bye"));

      node.prints("disconnected: Application server closed the connection. Reason: bye");
      awaitAnotherConnectionThan(first, service);
      assertThat(service).within(ofSeconds(20)).hasGroupMember("room", "nora");
    }
  }

  @Test
  @DisplayName("C271 a reliable client recovers after a cut, and hears what was said meanwhile")
  void recovers(FakeWebPubSub service, @Connected(userId = "bob", groups = "room") PubSubClient bob)
      throws Exception {
    try (Cable cable = Cable.to(service.endpoint());
        NodeProcess node = start(urlThrough(cable, service), RELIABLE)) {
      node.type("join room");
      node.prints("joined room");
      bob.sendToGroup("room", "before");
      node.prints("room bob text: before");
      String connectionId = connectionOf(service).connectionId();

      cable.cut();
      awaitDetached(service);
      bob.sendToGroup("room", "meanwhile 1");
      bob.sendToGroup("room", "meanwhile 2");
      cable.mend();

      node.prints("room bob text: meanwhile 2");
      bob.sendToGroup("room", "after");
      node.prints("room bob text: after");
      node.type("text room I am back");
      assertThat(bob).receivesText("I am back");
      assertThat(connectionOf(service).connectionId()).isEqualTo(connectionId);
      assertThat(node.printed())
          .filteredOn(line -> line.startsWith("room bob"))
          .containsExactly(
              "room bob text: before",
              "room bob text: meanwhile 1",
              "room bob text: meanwhile 2",
              "room bob text: after");
      assertThat(node.printed()).filteredOn(line -> line.startsWith("connected")).hasSize(1);
    }
  }

  @Test
  @DisplayName("C274 goes on trying to recover while a gateway answers 502")
  void recoversBehindABadGateway(
      FakeWebPubSub service, @Connected(userId = "bob", groups = "room") PubSubClient bob)
      throws Exception {
    try (Cable cable = Cable.to(service.endpoint());
        NodeProcess node = start(urlThrough(cable, service), RELIABLE)) {
      node.type("join room");
      node.prints("joined room");
      String connectionId = connectionOf(service).connectionId();

      cable.cut();
      awaitDetached(service);
      bob.sendToGroup("room", "meanwhile");
      cable.mendWithBadGateways(2);

      node.prints("room bob text: meanwhile");
      assertThat(cable.refused()).isEqualTo(2);
      assertThat(connectionOf(service).connectionId()).isEqualTo(connectionId);
    }
  }

  @Test
  @DisplayName(
      "C272 when recovery is refused with 1008 it connects anew and joins its groups again")
  void tooLateToRecover(
      FakeWebPubSub service, @Connected(userId = "bob", groups = "room") PubSubClient bob)
      throws Exception {
    try (Cable cable = Cable.to(service.endpoint());
        NodeProcess node = start(urlThrough(cable, service), RELIABLE)) {
      node.type("join room");
      node.prints("joined room");
      String first = connectionOf(service).connectionId();

      cable.cut();
      awaitDetached(service);
      service.clock().advanceBy(ofSeconds(30)); // and that takes no time
      assertThat(service).hasNoUser("nora");
      cable.mend();

      node.prints("disconnected: no message");
      awaitAnotherConnectionThan(first, service);
      assertThat(service).within(ofSeconds(20)).hasGroupMember("room", "nora");
      bob.sendToGroup("room", "welcome back");
      node.prints("room bob text: welcome back");
    }
  }

  @Test
  @DisplayName("a plain client connects anew after a cut and joins its groups again")
  void plainClientRejoins(
      FakeWebPubSub service, @Connected(userId = "bob", groups = "room") PubSubClient bob)
      throws Exception {
    try (Cable cable = Cable.to(service.endpoint());
        NodeProcess node = start(urlThrough(cable, service), PLAIN)) {
      node.type("join room");
      node.prints("joined room");
      String first = connectionOf(service).connectionId();

      cable.cut();
      assertThat(service).within(ofSeconds(20)).hasNoUser("nora");
      bob.sendToGroup("room", "nobody of that name hears this");
      cable.mend();

      awaitAnotherConnectionThan(first, service);
      assertThat(service).within(ofSeconds(20)).hasGroupMember("room", "nora");
      bob.sendToGroup("room", "welcome back");
      node.prints("room bob text: welcome back");
      assertThat(node.printed()).noneMatch(line -> line.contains("nobody of that name"));
      assertThat(service).hasReceivedRequest(joinGroup("room").fromUser("nora"));
    }
  }

  @ParameterizedTest(name = "its own pings are answered, so that it stays {0}")
  @ValueSource(strings = {RELIABLE, PLAIN})
  void pings(String protocol, FakeWebPubSub service) throws Exception {
    try (NodeProcess node = start(url(service), protocol, "--ping", "100")) {
      node.printsLineStarting("connected as nora ");
      String connectionId = connectionOf(service).connectionId();

      // after ten unanswered pings it would have given up
      Pattern pong = Pattern.compile(Pattern.quote("{\"type\":\"pong\"}"));
      await()
          .atMost(ofSeconds(20))
          .until(() -> pong.matcher(service.timeline()).results().count() >= 15);

      assertThat(connectionOf(service).connectionId()).isEqualTo(connectionId);
    }
  }

  @ParameterizedTest(name = "it answers the service's pings, for hours {0}")
  @ValueSource(strings = {RELIABLE, PLAIN})
  void answersPings(String protocol) throws Exception {
    try (FakeWebPubSub service =
            FakeWebPubSub.builder()
                .clients(clients -> clients.keepAliveInterval(ofSeconds(20)))
                .build();
        NodeProcess node = start(url(service), protocol)) {
      node.printsLineStarting("connected as nora ");
      String connectionId = connectionOf(service).connectionId();

      service.clock().advanceBy(ofHours(1));

      assertThat(connectionOf(service).connectionId()).isEqualTo(connectionId);
      service.sendToUser("nora", "still there?");
      node.prints("server text: still there?");
    }
  }

  private static NodeProcess start(String url, String... arguments) throws IOException {
    return NodeProcess.start(folder, "group-client.js", withUrl(url, arguments));
  }

  private static String[] withUrl(String url, String[] arguments) {
    List<String> all = new ArrayList<>(List.of(url));
    for (String argument : arguments) {
      if (!argument.isEmpty()) {
        all.add(argument);
      }
    }
    return all.toArray(String[]::new);
  }

  private static String url(FakeWebPubSub service) {
    return service.clientUrl(asUser("nora")).toString();
  }

  private static String urlThrough(Cable cable, FakeWebPubSub service) {
    return cable.through(service.clientUrl(asUser("nora")));
  }

  private static WebPubSubServiceClient server(FakeWebPubSub service) {
    return new WebPubSubServiceClientBuilder()
        .connectionString(service.connectionString())
        .hub("hub")
        .buildClient();
  }

  private static ConnectionInfo connectionOf(FakeWebPubSub service) {
    return service.connections().stream()
        .filter(connection -> connection.userId().orElse("").equals("nora"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nora is not connected"));
  }

  private static void awaitDetached(FakeWebPubSub service) {
    await().atMost(ofSeconds(20)).until(() -> connectionOf(service).isDetached());
  }

  private static void awaitAnotherConnectionThan(String first, FakeWebPubSub service) {
    await()
        .atMost(ofSeconds(20))
        .until(
            () ->
                service.connections().stream()
                    .filter(connection -> connection.userId().orElse("").equals("nora"))
                    .anyMatch(connection -> !connection.connectionId().equals(first)));
  }
}
