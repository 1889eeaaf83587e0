package io.github.webpubsubtestkit.internal.rest;

import io.github.webpubsubtestkit.internal.hub.DataPlane;
import io.github.webpubsubtestkit.internal.hub.InterceptedCall;
import io.github.webpubsubtestkit.internal.hub.Interceptor;
import io.github.webpubsubtestkit.internal.hub.Outcome;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation.Result;
import io.github.webpubsubtestkit.internal.hub.ServerRequest;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.rest.Route.Trait;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.token.RestTokenKind;
import io.github.webpubsubtestkit.internal.token.TokenVerifier;
import io.github.webpubsubtestkit.internal.transport.HttpExchange;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The data plane over HTTP: answers each call that is not for the client endpoint.
 *
 * <p>A call is examined in the order of rest-api 5, and nothing is delivered, closed or changed
 * unless every step passes.
 */
public final class RestApi {

  private final DataPlane dataPlane;
  private final RestAuthenticator authenticator;
  private final Options options;
  private final Routes routes;
  private final RestRecord record;

  /**
   * An API over a data plane.
   *
   * @param verifier checks the token of each call
   * @param observer is told of each call after it was carried out or refused; must not block
   */
  public RestApi(
      DataPlane dataPlane,
      TokenVerifier verifier,
      Options options,
      Timeline timeline,
      Consumer<RecordedOperation> observer) {
    this.dataPlane = dataPlane;
    this.authenticator = new RestAuthenticator(verifier);
    this.options = options;
    this.routes = new Routes(authenticator);
    this.record = new RestRecord(timeline, observer);
  }

  /**
   * Carries out a call and answers it; before the answer all it caused has been handed to the
   * receivers. A fault may put that off.
   */
  public void handle(HttpRequest request, HttpExchange exchange) {
    RestCall call = new RestCall(request, options);
    Duration at = record.now();
    try {
      Route route = examine(call);
      call.passedChecks();
      CheckedCall checked = new CheckedCall(call, route, route.read(call), exchange, at);
      if (!dataPlane.hasInterceptors() || !dataPlane.intercept(checked.asked(), checked)) {
        checked.proceed();
      }
    } catch (RestException refused) {
      refuse(call, refused, exchange, at, record.line(call));
    }
  }

  private void refuse(
      RestCall call, RestException thrown, HttpExchange exchange, Duration at, Timeline.Call line) {
    RestException refused = options.isOn(Option.EMULATOR_ERRORS) ? thrown.likeEmulator() : thrown;
    HttpResponse response = RestResponses.error(refused, call.route() != null);
    String reason = refused.code() == null ? "" : refused.reason();
    finish(call, Result.refused(outcome(refused), reason), response, at, line);
    exchange.respond(response);
  }

  private void finish(
      RestCall call,
      Result result,
      @Nullable HttpResponse response,
      Duration at,
      Timeline.Call line) {
    RecordedOperation operation = record.operation(call, result, response, at);
    line.ended(result.describe(operation.operation()));
    record.observed(operation);
    String hint = SlashHint.of(call, dataPlane.hubs());
    if (hint != null) {
      record.note(hint);
    }
  }

  /** {@code 404 Error.Connection.NotExisted}, or the reason where there is no code. */
  private static String outcome(RestException refused) {
    String code = refused.code();
    return refused.status() + " " + (code == null ? refused.message() : code);
  }

  /** Steps 1 to 10 of rest-api 5. */
  private Route examine(RestCall call) throws RestException {
    Route route = find(call);
    ApiVersions.check(call.query(), options.isOn(Option.ANY_API_VERSION));
    authenticate(call, route);
    Checks.names(call);
    route.checkQuery(call);
    if (route.is(Trait.FILTER)) {
      call.filter(Checks.filter(call));
    }
    if (route.is(Trait.MESSAGE)) {
      call.payload(
          MessageBody.read(
              call.request(), call.head(), options.isOn(Option.REQUIRE_CONTENT_LENGTH)));
    }
    if (route.is(Trait.GROUPS)) {
      GroupsBody body =
          GroupsBody.read(call.request(), call.head(), options.isOn(Option.REQUIRE_CONTENT_LENGTH));
      call.groups(body.groups());
      call.bodyFilter(body.filter());
      call.filter(Checks.filter(body.filter(), "Filter"));
    }
    return route;
  }

  /** Steps 1 and 2 of rest-api 5. */
  private Route find(RestCall call) throws RestException {
    List<String> segments =
        PathSegments.of(call.request().rawPath(), options.isOn(Option.DECODE_SLASH));
    if (segments == null) {
      throw RestException.noSuchRoute();
    }
    Route route = routes.find(call.request().method(), segments);
    call.matched(route, segments);
    return route;
  }

  /** Step 4 of rest-api 5. */
  private void authenticate(RestCall call, Route route) throws RestException {
    if (route.is(Trait.ANONYMOUS)) {
      return;
    }
    RestTokenKind kind = authenticator.authenticate(call.head(), call.request().rawPath());
    if (kind == RestTokenKind.ACCESS_KEY
        && route.is(Trait.NO_ACCESS_KEY)
        && !options.isOn(Option.ACCESS_KEY_GENERATE_TOKEN)) {
      throw RestAuthenticator.refused(
          "This operation takes Microsoft Entra tokens only: who has the access key signs client"
              + " tokens locally (switch accessKeyGenerateToken)");
    }
  }

  /** A call that has passed steps 1 to 10 of rest-api 5: a fault may come before the last. */
  private final class CheckedCall implements InterceptedCall {

    private final RestCall call;
    private final Route route;
    private final ServerRequest request;
    private final HttpExchange exchange;
    private final Duration at;

    CheckedCall(
        RestCall call, Route route, ServerRequest request, HttpExchange exchange, Duration at) {
      this.call = call;
      this.route = route;
      this.request = request;
      this.exchange = exchange;
      this.at = at;
    }

    /** The call as it would be recorded if it were carried out. */
    RecordedOperation asked() {
      return record.operation(call, Result.done("", 0), null, at);
    }

    /** Step 11 of rest-api 5. */
    @Override
    public void proceed() {
      Timeline.Call line = record.line(call); // goes before the lines of what it causes
      try {
        Outcome outcome = dataPlane.execute(request);
        HttpResponse response = route.answer(call, outcome);
        String status = String.valueOf(response.status());
        finish(call, Result.done(status, outcome.connections()), response, at, line);
        exchange.respond(response);
      } catch (RestException refused) {
        refuse(call, refused, exchange, at, line);
      } catch (Throwable failure) { // any failure must end this request only
        exchange.fail(failure);
      }
    }

    @Override
    public void answer(int status, List<Map.Entry<String, String>> headers) {
      HttpResponse response = HttpResponse.of(status, HttpHeaders.ofEntries(headers));
      fault(String.valueOf(status), response);
      exchange.respond(response);
    }

    @Override
    public Runnable hang() {
      fault("unanswered", null);
      return exchange::drop;
    }

    @Override
    public void drop() {
      fault("dropped", null);
      exchange.drop();
    }

    private void fault(String what, @Nullable HttpResponse response) {
      finish(
          call,
          Result.refused(what + " fault", Interceptor.ORDERED),
          response,
          at,
          record.line(call));
    }
  }
}
