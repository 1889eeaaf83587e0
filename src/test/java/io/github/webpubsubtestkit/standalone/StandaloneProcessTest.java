package io.github.webpubsubtestkit.standalone;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The standalone fake as a process of its own")
@Timeout(value = 60, unit = SECONDS)
class StandaloneProcessTest {

  private static final String URL_LABEL = "Client URL of hub chat: ";

  @Test
  @DisplayName(
      "serves a client with the URL that it printed; terminated, it says 1001, and ends with 0")
  void servesAndClosesCleanly() throws Exception {
    Process process = start("--port", "0", "--hub", "chat");
    try (BufferedReader out = process.inputReader(Charset.defaultCharset());
        BufferedReader err = process.errorReader(Charset.defaultCharset())) {
      Listener listener = new Listener();
      WebSocket client =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .subprotocols("json.webpubsub.azure.v1")
              .buildAsync(printedUrl(out), listener)
              .get(20, SECONDS);
      assertThat(listener.texts.poll(20, SECONDS)).contains("\"event\":\"connected\"");
      client
          .sendText("{\"type\":\"joinGroup\",\"group\":\"room\",\"ackId\":1}", true)
          .get(20, SECONDS);
      assertThat(listener.texts.poll(20, SECONDS)).contains("\"type\":\"ack\"", "\"success\":true");

      process.toHandle().destroy(); // unlike Process.destroy, leaves its output to be read

      assertThat(listener.closeCode.get(20, SECONDS)).isEqualTo(1001);
      assertThat(process.waitFor(20, SECONDS)).isTrue();
      assertThat(err.lines()).isEmpty();
      assertThat(process.exitValue()).isZero();
    } finally {
      end(process);
    }
  }

  @Test
  @DisplayName("ends with exit code 2 and one line when an option is bad")
  void badOptionEndsTheProcess() throws Exception {
    Process process = start("--port", "many");
    try (BufferedReader err = process.errorReader(Charset.defaultCharset())) {
      assertThat(process.waitFor(20, SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(2);
      assertThat(err.lines())
          .singleElement()
          .asString()
          .startsWith("webpubsub-testkit: ")
          .contains("--port", "'many'");
    } finally {
      end(process);
    }
  }

  private static Process start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).start();
  }

  private static URI printedUrl(BufferedReader out) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(URL_LABEL)) {
        return URI.create(line.substring(URL_LABEL.length()));
      }
    }
    throw new AssertionError("the process ended without printing a client URL");
  }

  private static void end(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(20, SECONDS)).isTrue();
  }

  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      texts.add(data.toString());
      webSocket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      closeCode.complete(statusCode);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closeCode.completeExceptionally(error);
    }
  }
}
