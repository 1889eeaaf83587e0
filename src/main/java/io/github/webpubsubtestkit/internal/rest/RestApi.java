package io.github.webpubsubtestkit.internal.rest;

import io.github.webpubsubtestkit.internal.hub.Hubs;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.rest.Route.Trait;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.token.RestTokenKind;
import io.github.webpubsubtestkit.internal.token.TokenMinter;
import io.github.webpubsubtestkit.internal.token.TokenVerifier;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The data plane: answers each HTTP call that is not for the client endpoint.
 *
 * <p>A call is examined in the order of rest-api 5, and nothing is delivered, closed or changed
 * unless every step passes.
 */
public final class RestApi {

  private final Hubs hubs;
  private final RestAuthenticator authenticator;
  private final Options options;
  private final Routes routes;
  private final RestRecord record;
  private final Supplier<@Nullable Function<Operation, Optional<HttpResponse>>> faults;

  /**
   * An API over the given hubs.
   *
   * @param verifier checks the token of each call
   * @param minter makes the tokens of {@code :generateToken}
   * @param observer is told of each call after it was carried out or refused; must not block
   * @param faults who may answer a call instead of its being carried out; null for nobody
   */
  public RestApi(
      Hubs hubs,
      TokenVerifier verifier,
      TokenMinter minter,
      Options options,
      Timeline timeline,
      Consumer<Operation> observer,
      Supplier<@Nullable Function<Operation, Optional<HttpResponse>>> faults) {
    this.hubs = hubs;
    this.authenticator = new RestAuthenticator(verifier, minter);
    this.options = options;
    this.routes = new Routes(authenticator);
    this.record = new RestRecord(timeline, observer);
    this.faults = faults;
  }

  /** Carries out a call; when this returns, all it caused has been handed to the receivers. */
  public HttpResponse handle(HttpRequest request) {
    RestCall call = new RestCall(request, options);
    Duration at = record.now();
    try {
      Route route = examine(call);
      HttpResponse fault = fault(call, at);
      return fault == null ? carryOut(route, call, at) : fault;
    } catch (RestException refused) {
      String outcome = outcome(refused);
      String message = refused.code() == null ? "" : ": " + refused.message();
      record.line(call, outcome + message);
      HttpResponse response =
          RestResponses.error(refused, call.route() != null, !request.method().equals("HEAD"));
      record.observed(call, outcome, false, response, at);
      return response;
    } finally {
      String hint = SlashHint.of(call);
      if (hint != null) {
        record.note(hint);
      }
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

  /**
   * Before step 11 of rest-api 5, for a call that passed all others: the answer that a test has
   * ordered.
   */
  private @Nullable HttpResponse fault(RestCall call, Duration at) {
    Function<Operation, Optional<HttpResponse>> ordered = faults.get();
    if (ordered == null) {
      return null;
    }
    Operation asked = record.operation(call, "", true, RestResponses.empty(200), at);
    HttpResponse response = ordered.apply(asked).orElse(null);
    if (response != null) {
      String outcome = response.status() + " fault";
      record.line(call, outcome);
      record.observed(call, outcome, false, response, at);
    }
    return response;
  }

  /** Step 11 of rest-api 5. */
  private HttpResponse carryOut(Route route, RestCall call, Duration at) throws RestException {
    String hub = call.variable(PathVariable.HUB);
    if (hub != null) {
      call.hub(hubs.hub(hub));
    }
    int certain = route.certainStatus();
    if (certain != 0) { // the line of a call goes before the lines of what it causes
      record.line(call, String.valueOf(certain));
    }
    HttpResponse response = route.action().answer(call);
    String outcome = String.valueOf(response.status());
    if (certain == 0) {
      record.line(call, outcome);
    }
    record.observed(call, outcome, true, response, at);
    return response;
  }
}
