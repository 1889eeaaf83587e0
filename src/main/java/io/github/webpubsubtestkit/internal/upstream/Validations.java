package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Failure;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What is known of the URLs of handlers: who shares a URL shares its validation (event-handlers
 * 3.3). It survives a change of the handlers.
 */
final class Validations {

  private static final String EVENT = "validate";

  private final UpstreamContext context;
  private final Map<URI, Validation> byUrl = new ConcurrentHashMap<>();

  Validations(UpstreamContext context) {
    this.context = context;
  }

  /**
   * Asks whether the handler may get events; at the first time it is asked itself.
   *
   * @param then called once, with no lock held, perhaps before this method returns
   */
  void check(Handler handler, String hub, Consumer<Verdict> then) {
    if (!context.options().isOn(Option.VALIDATE_HANDLERS) || !handler.channel().needsValidation()) {
      then.accept(Verdict.VALID);
    } else {
      of(handler, hub).check(handler.channel(), then);
    }
  }

  /** Asks all of them now. */
  CompletableFuture<List<String>> askNow(List<Handler> handlers, String hub) {
    Map<URI, CompletableFuture<Verdict>> asked = new LinkedHashMap<>();
    for (Handler each : handlers) {
      if (each.channel().needsValidation()) {
        asked.computeIfAbsent(
            each.url().resolve(hub, EVENT),
            url -> {
              CompletableFuture<Verdict> verdict = new CompletableFuture<>();
              of(each, hub).ask(each.channel(), verdict::complete);
              return verdict;
            });
      }
    }
    List<CompletableFuture<Verdict>> verdicts = List.copyOf(asked.values());
    return CompletableFuture.allOf(verdicts.toArray(CompletableFuture[]::new))
        .thenApply(
            all ->
                verdicts.stream()
                    .map(each -> each.join().refusal())
                    .filter(Objects::nonNull)
                    .map(Failure::failure)
                    .toList());
  }

  private Validation of(Handler handler, String hub) {
    return byUrl.computeIfAbsent(
        handler.url().resolve(hub, EVENT), url -> new Validation(context, url));
  }
}
