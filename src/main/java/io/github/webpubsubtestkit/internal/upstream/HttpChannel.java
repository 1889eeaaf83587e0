package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.transport.HttpCall;
import io.github.webpubsubtestkit.internal.transport.HttpCaller;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpResult;
import io.github.webpubsubtestkit.internal.transport.HttpResult.Failed;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Answer;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Failure;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Requests over HTTP/1.1, on the loop of the fake. One serves all handlers. */
public final class HttpChannel implements UpstreamChannel {

  private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

  private final HttpCaller caller;

  /** Sends from that loop, trusting what its other clients trust. */
  public HttpChannel(TransportLoop loop) {
    caller = new HttpCaller(loop, MAX_BODY_BYTES);
  }

  /**
   * Sends from that loop.
   *
   * @param trust the certificates trusted by {@code https} URLs; asked for such a URL only
   */
  public HttpChannel(TransportLoop loop, Supplier<SSLContext> trust) {
    caller = new HttpCaller(loop, MAX_BODY_BYTES, trust);
  }

  @Override
  public boolean needsValidation() {
    return true;
  }

  @Override
  public Call send(UpstreamRequest request, Consumer<UpstreamResult> then) {
    HttpCall call;
    try {
      call =
          caller.call(
              request.method(),
              request.uri(),
              onTheWire(request.headers()),
              request.body(),
              result -> then.accept(meaning(result)));
    } catch (IllegalArgumentException e) {
      then.accept(new Failure(Kind.LOCAL, "it cannot be sent: " + e.getMessage()));
      return () -> {};
    }
    return new Call() {
      @Override
      public void cancel() {
        call.cancel();
      }

      @Override
      public boolean isAnswering() {
        return call.isAnswering();
      }

      @Override
      public String obstacle() {
        return call.isBeforeTls()
            ? "the server has not answered the TLS handshake; if it does not speak TLS, the URL needs"
                + " http://"
            : "";
      }
    };
  }

  /** Text as UTF-8, in which {@code ce-userId} is wanted; the transport's characters are bytes. */
  private static HttpHeaders onTheWire(HttpHeaders headers) {
    for (HttpHeaders.Field each : headers.fields()) {
      if (!isAscii(each.value())) {
        List<HttpHeaders.Field> fields = new ArrayList<>();
        for (HttpHeaders.Field field : headers.fields()) {
          byte[] utf8 = field.value().getBytes(StandardCharsets.UTF_8);
          fields.add(
              new HttpHeaders.Field(field.name(), new String(utf8, StandardCharsets.ISO_8859_1)));
        }
        return HttpHeaders.of(fields);
      }
    }
    return headers;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static UpstreamResult meaning(HttpResult result) {
    return result.match(
        answered -> new Answer(answered.response(), answered.bodyTooLarge()), HttpChannel::meaning);
  }

  /** How to mend it. */
  private static String hint(String detail) {
    if (detail.contains("certificate is not trusted")) {
      return "; trust(..) of the handler, or --trust on the command line, accepts it";
    }
    return detail.contains("does not speak TLS") ? "; its URL needs http://" : "";
  }

  private static UpstreamResult meaning(Failed failed) {
    Kind kind =
        switch (failed.kind()) {
          case CANNOT_CONNECT, LOST, MALFORMED -> Kind.NETWORK;
          case NOT_TRUSTED -> Kind.LOCAL;
          case INCOMPLETE -> Kind.BROKEN_ANSWER;
          case STOPPED -> Kind.CLOSED;
        };
    return new Failure(kind, failed.detail() + hint(failed.detail()));
  }
}
