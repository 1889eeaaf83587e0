package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * What an {@link EventHandlerStub} answers to a user event. Immutable; made for static import.
 *
 * <pre>{@code
 * handler.onUserEvent("shout", event -> reply(event.text().toUpperCase()));
 * handler.onUserEvent("store", event -> acknowledge().state("stored"));
 * handler.onUserEvent("fail", event -> fail(500));
 * }</pre>
 *
 * @since 0.1
 */
public final class EventAnswer {

  private final StubAnswer answer;

  private EventAnswer(StubAnswer answer) {
    this.answer = answer;
  }

  /**
   * The event is taken, without a reply.
   *
   * @return an answer with status 204
   * @since 0.1
   */
  public static EventAnswer acknowledge() {
    return new EventAnswer(StubAnswer.of(204));
  }

  /**
   * The event is taken, and its sender gets a text.
   *
   * @param text the reply; an empty one is none
   * @return an answer with status 200
   * @since 0.1
   */
  public static EventAnswer reply(String text) {
    notNull(text, "reply", "text");
    return reply("text/plain; charset=utf-8", text.getBytes(UTF_8));
  }

  /**
   * The event is taken, and its sender gets JSON.
   *
   * @param json a String is JSON text, anything else is written by the fake's mapper
   * @return an answer with status 200
   * @throws IllegalArgumentException if the String is no JSON; an object that cannot be written
   *     fails the callback that answers it
   * @since 0.1
   */
  public static EventAnswer replyJson(Object json) {
    notNull(json, "replyJson", "json");
    return new EventAnswer(StubAnswer.of(200).json(json));
  }

  /**
   * The event is taken, and its sender gets bytes.
   *
   * @param bytes the reply; an empty one is none
   * @return an answer with status 200
   * @since 0.1
   */
  public static EventAnswer replyBinary(byte[] bytes) {
    notNull(bytes, "replyBinary", "bytes");
    return reply("application/octet-stream", bytes.clone());
  }

  private static EventAnswer reply(String type, byte[] body) {
    return new EventAnswer(StubAnswer.of(200).body(type, body));
  }

  /**
   * The application fails: from 500 on, and with 408, the service calls again; at last the sender
   * gets the ack {@code InternalServerError}, or is closed with 1011 if it is a simple client.
   *
   * @param status 300 to 599
   * @return an answer without a body
   * @throws IllegalArgumentException if the status is another one
   * @since 0.1
   */
  public static EventAnswer fail(int status) {
    return new EventAnswer(StubAnswer.of(StubAnswer.checkedFailure(status)));
  }

  /**
   * The application hangs: the event fails when the fake's {@code handlerDeadline} is over.
   *
   * @return no answer
   * @since 0.1
   */
  public static EventAnswer hang() {
    return new EventAnswer(StubAnswer.nothing());
  }

  /**
   * The application breaks the connection: the service calls again, and at last the event fails.
   *
   * @return no answer
   * @since 0.1
   */
  public static EventAnswer breakConnection() {
    return new EventAnswer(StubAnswer.reset());
  }

  /**
   * A state for the connection in place of its present one; comes back with each later event.
   *
   * @param state visible ASCII
   * @return a new answer
   * @throws IllegalArgumentException if it has other characters
   * @since 0.1
   */
  public EventAnswer state(String state) {
    notNull(state, "state", "state");
    return header("ce-connectionState", state);
  }

  /**
   * Metadata for the reply.
   *
   * @param key the key; the client gets it in lower case
   * @param value visible ASCII
   * @return a new answer
   * @throws IllegalArgumentException if one of them has other characters
   * @since 0.1
   */
  public EventAnswer metadata(String key, String value) {
    notNull(key, "metadata", "key");
    notNull(value, "metadata", "value");
    return header(UserEvent.METADATA + key, value);
  }

  /**
   * One more header line.
   *
   * @param name the header
   * @param value visible ASCII
   * @return a new answer
   * @throws IllegalArgumentException if one of them has other characters
   * @since 0.1
   */
  public EventAnswer header(String name, String value) {
    notNull(name, "header", "name");
    notNull(value, "header", "value");
    return new EventAnswer(answer.header(name, value));
  }

  /**
   * The answer comes so much later, by {@code service.clock()}.
   *
   * @param delay from the moment the stub was called
   * @return a new answer
   * @throws IllegalArgumentException if the delay is negative
   * @since 0.1
   */
  public EventAnswer after(Duration delay) {
    notNull(delay, "after", "delay");
    return new EventAnswer(answer.after(delay));
  }

  /**
   * The answer comes when something else has happened.
   *
   * <pre>{@code
   * CompletableFuture<Void> gate = new CompletableFuture<>();
   * handler.onUserEvent("message", event -> reply("done").when(gate));
   * simple.sendText("x");            // the handler is called, and no thread waits
   * gate.complete(null);             // now the client gets "done"
   * }</pre>
   *
   * @param signal what is waited for; its result does not matter, nor whether it failed
   * @return a new answer
   * @since 0.1
   */
  public EventAnswer when(CompletionStage<?> signal) {
    notNull(signal, "when", "signal");
    return new EventAnswer(answer.when(signal));
  }

  StubAnswer toStubAnswer() {
    return answer;
  }

  @Override
  public String toString() {
    return answer.toString();
  }
}
