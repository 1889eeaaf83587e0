package io.github.webpubsubtestkit.soak;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The JDK's clients, on threads of their own, as those of an application are. */
record JdkRequests(FakeWebPubSub service, int number) implements RequestLoop {

  @Override
  public void exchange(int pairs) {
    String name = "jdk" + number;
    HttpClient http = HttpClient.newHttpClient();
    try {
      for (int i = 0; i < pairs; ) {
        Messages messages = new Messages();
        WebSocket client =
            http.newWebSocketBuilder()
                .subprotocols("json.webpubsub.azure.v1")
                .buildAsync(service.clientUrl(asUser(name).groups(name)), messages)
                .get(1, TimeUnit.MINUTES);
        assertThat(messages.next()).contains("\"connected\"");
        for (int end = Math.min(pairs, i + PAIRS_PER_CLIENT); i < end; i++) {
          String text = name + "-" + i;
          if (i % 2 == 0) {
            client
                .sendText(
                    """
                    {"type":"sendToGroup","group":"%s","dataType":"text","data":"%s"}"""
                        .formatted(name, text),
                    true)
                .get(1, TimeUnit.MINUTES);
          } else {
            service.sendToUser(name, text);
          }
          assertThat(messages.next()).contains("\"" + text + "\"");
        }
        client.sendClose(WebSocket.NORMAL_CLOSURE, "").get(1, TimeUnit.MINUTES);
      }
    } catch (Exception e) {
      throw new AssertionError(name, e);
    }
  }

  private static final class Messages implements WebSocket.Listener {

    private final BlockingQueue<String> whole = new LinkedBlockingQueue<>();
    private final StringBuilder parts = new StringBuilder();

    String next() throws InterruptedException {
      String message = whole.poll(1, TimeUnit.MINUTES);
      return message == null ? "nothing for a minute" : message;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket client, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        whole.add(parts.toString());
        parts.setLength(0);
      }
      client.request(1);
      return null;
    }
  }
}
