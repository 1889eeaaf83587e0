package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Setting;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Failure;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Validates one URL from time to time: may it get events (event-handlers 3)? */
final class Validation {

  private static final Duration FRESH = Duration.ofSeconds(60);
  private static final int MAX_DOUBLINGS = 6;
  private static final byte[] NO_BODY = {};

  private final UpstreamContext context;
  private final URI url;

  // guarded by this
  private @Nullable Verdict known;
  private Instant staleFrom = Instant.EPOCH;
  private int failures;
  private boolean asking;
  private List<Consumer<Verdict>> waiting = new ArrayList<>();

  Validation(UpstreamContext context, URI url) {
    this.context = context;
    this.url = url;
  }

  /** Gives what is known; only who comes before anything is known waits. */
  void check(UpstreamChannel channel, Consumer<Verdict> then) {
    Verdict before;
    boolean ask;
    synchronized (this) {
      before = known;
      if (before == null) {
        waiting.add(then);
      }
      ask = !asking && (before == null || !context.timers().instant().isBefore(staleFrom));
      asking |= ask;
    }
    if (ask) {
      send("OPTIONS", channel);
    }
    if (before != null) {
      then.accept(before);
    }
  }

  /** Asks regardless of earlier results, and returns the application's present answer. */
  void ask(UpstreamChannel channel, Consumer<Verdict> then) {
    boolean ask;
    synchronized (this) {
      waiting.add(then);
      ask = !asking;
      asking = true;
    }
    if (ask) {
      send("OPTIONS", channel);
    }
  }

  private void send(String method, UpstreamChannel channel) {
    String origin;
    try {
      origin = context.origin();
    } catch (RuntimeException e) { // those who wait must be told of any failure
      complete(refused("the service's own address is not known: " + e), false);
      return;
    }
    UpstreamRequest request =
        new UpstreamRequest(
            method,
            url,
            HttpHeaders.of("WebHook-Request-Origin", origin, "ce-awpsversion", "1.0"),
            NO_BODY);
    Validating under = new Validating(request);
    Attempts attempts =
        new Attempts(
            context,
            channel,
            request,
            context.options().get(Setting.VALIDATION_DEADLINE),
            "validation",
            reply -> {
              try {
                answered(reply, channel);
              } finally {
                context.pending().end(under);
              }
            });
    under.attempts = attempts;
    if (context.pending().begin(under)) {
      attempts.start();
    } else {
      attempts.abandon();
    }
  }

  /** An entry for the barrier to wait for. Compared by identity. */
  private static final class Validating implements Abandonable {
    private final UpstreamRequest request;
    private @Nullable Attempts attempts; // written before it is under way

    Validating(UpstreamRequest request) {
      this.request = request;
    }

    @Override
    public void abandon() {
      if (attempts != null) {
        attempts.abandon();
      }
    }

    @Override
    public String toString() {
      return "validation at " + (attempts == null ? request : attempts);
    }
  }

  private void answered(Reply reply, UpstreamChannel channel) {
    if (reply.status() == 404 && reply.request().method().equals("OPTIONS")) {
      send("GET", channel);
      return;
    }
    complete(verdict(reply), reply.isClosed());
  }

  private void complete(Verdict verdict, boolean closed) {
    List<Consumer<Verdict>> callbacks;
    synchronized (this) {
      asking = false;
      callbacks = waiting;
      waiting = new ArrayList<>();
      if (!closed) {
        remember(verdict);
      }
    }
    Failure refusal = verdict.refusal();
    if (refusal != null && !closed) {
      context.note(refusal.failure());
    }
    callbacks.forEach(each -> context.invoke(each, verdict));
  }

  /** With the lock held. The service waits 1, 2, 4 … 60 s after a failure before it asks again. */
  private void remember(Verdict verdict) {
    known = verdict;
    failures = verdict.refusal() == null ? 0 : failures + 1;
    Duration rest =
        failures == 0
            ? FRESH
            : Duration.ofSeconds(
                failures > MAX_DOUBLINGS ? FRESH.toSeconds() : 1L << (failures - 1));
    staleFrom = context.timers().instant().plus(rest);
  }

  private Verdict verdict(Reply reply) {
    if (reply.isClosed()) {
      return new Verdict(new Failure(Kind.CLOSED, "the fake was closed"));
    }
    HttpResponse success = reply.success();
    if (success != null) {
      List<String> lines = success.headers().all("WebHook-Allowed-Origin");
      return isAllowed(lines)
          ? Verdict.VALID
          : refused("AbuseProtectionResponseMissingAllowedOrigin: " + missing(reply, lines));
    }
    if (reply.status() != 0) {
      return refused(
          "AbuseProtectionResponseInvalidStatusCode: " + reply.describe() + hint(reply.status()));
    }
    return refused("the URL could not be validated: " + reply.describe() + schemeHint(reply));
  }

  /** A server of TLS closes the connection of who does not speak TLS. */
  private String schemeHint(Reply reply) {
    String failure = reply.result().failure();
    boolean closed = failure != null && failure.endsWith("without an answer");
    return closed && "http".equalsIgnoreCase(url.getScheme())
        ? "; if the server speaks TLS, the URL needs https://"
        : "";
  }

  private static Verdict refused(String text) {
    return new Verdict(new Failure(Kind.LOCAL, "validation refused: " + text));
  }

  private boolean isAllowed(List<String> lines) {
    for (String line : lines) {
      for (String origin :
          context.options().isOn(Option.SPLIT_ALLOWED_ORIGIN)
              ? line.split(",")
              : new String[] {line}) {
        if (isAllowed(origin.strip())) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isAllowed(String origin) {
    return origin.equals("*")
        || origin.equalsIgnoreCase(context.endpoint().get().getHost())
        || origin.equalsIgnoreCase(context.hostAndPort());
  }

  private String missing(Reply reply, List<String> lines) {
    if (lines.isEmpty()) {
      return reply.describe() + " without WebHook-Allowed-Origin";
    }
    boolean list = lines.stream().anyMatch(line -> line.indexOf(',') >= 0);
    return reply.describe()
        + " with WebHook-Allowed-Origin \""
        + String.join("\", \"", lines)
        + "\", which is neither * nor "
        + context.endpoint().get().getHost()
        + " nor "
        + context.hostAndPort()
        + (list && !context.options().isOn(Option.SPLIT_ALLOWED_ORIGIN)
            ? "; a line is not a list, unless the switch splitAllowedOrigin is on"
            : "");
  }

  private String hint(int status) {
    return status == 400 && !context.options().isOn(Option.ORIGIN_WITH_PORT)
        ? "; applications that expect the port in WebHook-Request-Origin need the switch"
            + " originWithPort"
        : "";
  }
}
