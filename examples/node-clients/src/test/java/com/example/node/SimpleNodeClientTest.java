package com.example.node;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("simple-client.js")
@WebPubSubTest
@Timeout(60)
class SimpleNodeClientTest {

  private static Path folder;

  @BeforeAll
  @Timeout(360)
  static void install() throws Exception {
    folder = NodeProject.install();
  }

  @Test
  @DisplayName("connects with the token in the URL, hears the application and is heard by it")
  void talksWithTheApplication(FakeWebPubSub service) throws Exception {
    service.recordEvents();
    try (NodeProcess node = simpleClient(service.clientUrl(asUser("nora")).toString())) {
      node.prints("connected");
      assertThat(service).receivesConnectionFrom("nora");

      service.sendToUser("nora", "welcome, nora");
      service.sendToAll("100 % grün");
      node.prints("received: welcome, nora");
      node.prints("received: 100 % grün");

      node.type("is anybody there?");
      assertThat(service).receivesEvent("message").hasText("is anybody there?");
    }
  }

  @Test
  @DisplayName("connects with the token in the Authorization header")
  void tokenInHeader(FakeWebPubSub service) throws Exception {
    String url = service.clientUrl(asUser("nora")).toString();
    try (NodeProcess node = simpleClient(url, "--header")) {
      node.prints("connected");
      assertThat(service).receivesConnectionFrom("nora");

      service.sendToUser("nora", "you are known by your header");
      node.prints("received: you are known by your header");
    }
  }

  @Test
  @DisplayName("connects over TLS, when it trusts the certificate of the fake")
  void overTls(@TempDir Path certificates) throws Exception {
    try (FakeWebPubSub service = FakeWebPubSub.builder().https().build()) {
      Path certificate = service.writeCertificate(certificates.resolve("fake.pem"));
      try (NodeProcess node =
          NodeProcess.start(
              folder,
              Map.of("NODE_EXTRA_CA_CERTS", certificate.toString()),
              "simple-client.js",
              service.clientUrl(asUser("nora")).toString())) {
        node.prints("connected");
        service.sendToUser("nora", "nobody listens in");
        node.prints("received: nobody listens in");
      }
    }
  }

  @Test
  @DisplayName("receives binary messages as bytes")
  void receivesBytes(FakeWebPubSub service) throws Exception {
    try (NodeProcess node = simpleClient(service.clientUrl(asUser("nora")).toString())) {
      node.prints("connected");

      service.sendToUser("nora", Content.binary(new byte[] {0, 1, (byte) 0xff}));

      node.prints("received 3 bytes: 0001ff");
    }
  }

  @Test
  @DisplayName("is told 401 without a token, and ends with exit code 1")
  void refusedWithoutToken(FakeWebPubSub service) throws Exception {
    String url = service.clientUrl(asUser("nora").withoutToken()).toString();
    try (NodeProcess node = simpleClient(url)) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.printed()).contains("error: Unexpected server response: 401");
      assertThat(service).hasNoConnections();
    }
  }

  @Test
  @DisplayName("says goodbye when its input ends")
  void saysGoodbye(FakeWebPubSub service) throws Exception {
    try (NodeProcess node = simpleClient(service.clientUrl(asUser("nora")).toString())) {
      node.prints("connected");
      assertThat(service).hasUser("nora");

      node.endInput();

      assertThat(node.exitCode()).isZero();
      assertThat(node.printed()).contains("closed: 1000");
      service.awaitIdle();
      assertThat(service).hasNoUser("nora");
    }
  }

  private static NodeProcess simpleClient(String... arguments) throws IOException {
    return NodeProcess.start(folder, "simple-client.js", arguments);
  }
}
