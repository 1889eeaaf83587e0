package io.github.webpubsubtestkit.it;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.ClientAssert;
import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.MessageAssert;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.ReceivedMessage;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** protobuf-java is not on this class path. */
@WebPubSubTest
class WithoutProtobufTest {

  private static final String ADVICE =
      "needs protobuf-java, which is not on the class path. Add com.google.protobuf:protobuf-java,"
          + " version 3.25 or newer, to the dependencies";

  @Test
  void theLibraryIsNotThere() {
    assertThatExceptionOfType(ClassNotFoundException.class)
        .isThrownBy(() -> Class.forName("com.google.protobuf.CodedInputStream"));
  }

  @Test
  void otherClientsMissNothing(
      @Connected(userId = "alice", groups = "room") PubSubClient alice,
      @Connected(groups = "room") SimpleClient simple) {
    alice.sendToGroup("room", "hi");
    alice.sendJsonToGroup("room", List.of(1, 2));
    alice.sendToGroup("room", Content.binary(new byte[] {1, 2}));

    assertThat(alice).receivesText("hi").isFromUser("alice");
    assertThat(alice).receivesJson("[1,2]");
    assertThat(alice).receivesBinary(new byte[] {1, 2});
    assertThat(simple).receivesText("hi");
    assertThat(simple).receivesJson("[1,2]");
    assertThat(simple).receivesBinary(new byte[] {1, 2});
    assertThat(alice).receivesNoMessage();
  }

  @Test
  void noSignatureNamesTheLibrary() {
    for (Class<?> each :
        List.of(
            PubSubClient.class, ReceivedMessage.class, MessageAssert.class, ClientAssert.class)) {
      assertThat(each.getDeclaredMethods()).isNotEmpty(); // fails where a type cannot be loaded
    }
  }

  @Test
  void protobufIsRefusedWhereItIsAskedFor(@Connected PubSubClient alice) {
    assertThatThrownBy(() -> asUser("alice").protocol(Protocol.PROTOBUF))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("protocol PROTOBUF (protobuf.webpubsub.azure.v1) " + ADVICE);
    assertThatThrownBy(() -> assertThat(alice).receivesProtobuf("x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("reading and writing protobuf messages " + ADVICE);
  }

  @Test
  void anInjectedProtobufClientIsRefusedAtItsParameter() {
    Throwable failure =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(AsksForProtobuf.class))
            .execute()
            .testEvents()
            .failed()
            .stream()
            .map(event -> event.getRequiredPayload(TestExecutionResult.class))
            .flatMap(result -> result.getThrowable().stream())
            .findFirst()
            .orElseThrow();

    assertThat(failure)
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessageContaining("Could not connect @Connected(protocol = PROTOBUF) PubSubClient")
        .hasMessageEndingWith(ADVICE);
  }

  @WebPubSubTest
  static class AsksForProtobuf {
    @Test
    void connects(@Connected(protocol = Protocol.PROTOBUF) PubSubClient alice) {}
  }

  @Test
  void aClientOfTheApplicationGets501AndTheTimelineSaysWhy(FakeWebPubSub service)
      throws IOException {
    URI url = service.clientUrl(asUser("alice"));
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(5_000);
      OutputStream out = socket.getOutputStream();
      String request =
          """
          GET %s?%s HTTP/1.1
          Host: %s
          Connection: Upgrade, close
          Upgrade: websocket
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
          Sec-WebSocket-Protocol: protobuf.reliable.webpubsub.azure.v1

          """
              .formatted(url.getRawPath(), url.getRawQuery(), url.getAuthority());
      out.write(request.replace("\n", "\r\n").getBytes(UTF_8));
      out.flush();

      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 501 ");
      assertThat(answer).endsWith("protobuf.reliable.webpubsub.azure.v1 " + ADVICE + ".");
    }
    assertThat(service.timeline())
        .contains("501 protobuf.reliable.webpubsub.azure.v1 " + ADVICE + ".");
  }
}
