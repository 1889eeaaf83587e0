package io.github.webpubsubtestkit.internal.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Answer;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Failure;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * An application in memory: validation succeeds unless told otherwise, other requests are answered
 * as scripted, at once and in order; without a script they hang.
 */
final class ScriptedChannel implements UpstreamChannel {

  static final UpstreamResult NO_CONTENT = answer(204);
  static final UpstreamResult ALLOWED = answer(200, "", "WebHook-Allowed-Origin", "*");
  static final UpstreamResult REFUSED_CONNECTION =
      new Failure(Kind.NETWORK, "127.0.0.1:7071: Connection refused");

  final List<UpstreamRequest> requests = new CopyOnWriteArrayList<>();
  final List<Hanging> hanging = new CopyOnWriteArrayList<>();
  final Deque<UpstreamResult> validations = new ArrayDeque<>();
  final Deque<UpstreamResult> answers = new ArrayDeque<>();
  boolean validationHangs;
  boolean answering;
  boolean cancelLacksMemory;

  /** A request without an answer so far. */
  static final class Hanging implements Call {
    private final boolean answering;
    private final boolean cancelLacksMemory;
    private final Consumer<UpstreamResult> then;
    private volatile boolean cancelled;

    Hanging(boolean answering, boolean cancelLacksMemory, Consumer<UpstreamResult> then) {
      this.answering = answering;
      this.cancelLacksMemory = cancelLacksMemory;
      this.then = then;
    }

    void answer(UpstreamResult result) {
      then.accept(result);
    }

    @Override
    public void cancel() {
      cancelled = true;
      if (cancelLacksMemory) {
        throw new OutOfMemoryError("on purpose");
      }
    }

    boolean cancelled() {
      return cancelled;
    }

    @Override
    public boolean isAnswering() {
      return answering;
    }
  }

  static UpstreamResult answer(int status) {
    return new Answer(HttpResponse.of(status), false);
  }

  static UpstreamResult answer(int status, String body, String... headers) {
    return new Answer(
        new HttpResponse(status, HttpHeaders.of(headers), body.getBytes(StandardCharsets.UTF_8)),
        false);
  }

  @Override
  public boolean needsValidation() {
    return true;
  }

  @Override
  public Call send(UpstreamRequest request, Consumer<UpstreamResult> then) {
    requests.add(request);
    boolean validation = !request.method().equals("POST");
    UpstreamResult scripted = (validation ? validations : answers).poll();
    if (validation && scripted == null && !validationHangs) {
      scripted = ALLOWED;
    }
    Hanging call = new Hanging(answering, cancelLacksMemory, then);
    if (scripted == null) {
      hanging.add(call);
    } else {
      then.accept(scripted);
    }
    return call;
  }

  /** The methods and paths so far. */
  List<String> lines() {
    return requests.stream().map(each -> each.method() + " " + each.uri().getRawPath()).toList();
  }

  UpstreamRequest last() {
    assertThat(requests).isNotEmpty();
    return requests.get(requests.size() - 1);
  }

  String header(String name) {
    return last().headers().first(name).orElse("(none)");
  }
}
