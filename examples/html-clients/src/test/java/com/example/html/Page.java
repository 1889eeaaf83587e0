package com.example.html;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ThrowingRunnable;

/** An open page: what a person sees there and does there. */
final class Page implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicLong lastId = new AtomicLong();
  private final Map<Long, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
  private final WebSocket devTools;

  Page(HttpClient http, URI devToolsUrl) throws Exception {
    this.devTools =
        http.newWebSocketBuilder()
            .buildAsync(devToolsUrl, new Listener())
            .get(PATIENCE_SECONDS, SECONDS);
  }

  /** Waits until the page's state line reads so. */
  void isInState(String state) {
    eventually(
        () ->
            assertThat(evaluate("document.querySelector('#state')?.value").asText())
                .isEqualTo(state));
  }

  /** Waits until the page's list shows exactly this line. */
  void shows(String line) {
    eventually(() -> assertThat(lines()).contains(line));
  }

  /** The lines of the page's list. */
  List<String> lines() throws Exception {
    JsonNode lines =
        evaluate("[...document.querySelectorAll('#messages li')].map(item => item.textContent)");
    return JSON.convertValue(
        lines, JSON.getTypeFactory().constructCollectionType(List.class, String.class));
  }

  /** Fills in a field and submits its form, as a person does with the Enter key. */
  void enter(String field, String value) throws Exception {
    evaluate(
        """
        (() => {
          const field = document.getElementById(%s);
          field.value = %s;
          field.form.requestSubmit();
        })()
        """
            .formatted(JSON.writeValueAsString(field), JSON.writeValueAsString(value)));
  }

  /** Closes the tab. */
  @Override
  public void close() throws Exception {
    send("Page.close", JSON.createObjectNode());
    devTools.abort();
  }

  private JsonNode evaluate(String script) throws Exception {
    JsonNode answer =
        send(
            "Runtime.evaluate",
            JSON.createObjectNode().put("expression", script).put("returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError("the page threw " + answer.get("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  private JsonNode send(String method, ObjectNode parameters) throws Exception {
    long id = lastId.incrementAndGet();
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", parameters);
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    awaited.put(id, answer);
    try {
      devTools.sendText(command.toString(), true).get(PATIENCE_SECONDS, SECONDS);
      return answer.get(PATIENCE_SECONDS, SECONDS);
    } finally {
      awaited.remove(id);
    }
  }

  private static void eventually(ThrowingRunnable assertion) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .untilAsserted(assertion);
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        String text = parts.toString();
        parts.setLength(0);
        try {
          receive(JSON.readTree(text));
        } catch (JsonProcessingException e) {
          fail(e);
        }
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      fail(error);
    }

    private void receive(JsonNode message) {
      CompletableFuture<JsonNode> answer = awaited.get(message.path("id").asLong());
      if (answer == null) {
        return; // an event of the browser, of which none is needed
      }
      if (message.has("error")) {
        answer.completeExceptionally(new IllegalStateException(message.get("error").toString()));
      } else {
        answer.complete(message.path("result"));
      }
    }

    private void fail(Throwable cause) {
      awaited.values().forEach(answer -> answer.completeExceptionally(cause));
    }
  }
}
