package io.github.webpubsubtestkit.internal.rest;

import static io.github.webpubsubtestkit.internal.hub.Operation.ADD_CONNECTIONS_TO_GROUPS;
import static io.github.webpubsubtestkit.internal.hub.Operation.ADD_CONNECTION_TO_GROUP;
import static io.github.webpubsubtestkit.internal.hub.Operation.ADD_USER_TO_GROUP;
import static io.github.webpubsubtestkit.internal.hub.Operation.CHECK_PERMISSION;
import static io.github.webpubsubtestkit.internal.hub.Operation.CLOSE_ALL_CONNECTIONS;
import static io.github.webpubsubtestkit.internal.hub.Operation.CLOSE_CONNECTION;
import static io.github.webpubsubtestkit.internal.hub.Operation.CLOSE_GROUP_CONNECTIONS;
import static io.github.webpubsubtestkit.internal.hub.Operation.CLOSE_USER_CONNECTIONS;
import static io.github.webpubsubtestkit.internal.hub.Operation.CONNECTION_EXISTS;
import static io.github.webpubsubtestkit.internal.hub.Operation.GENERATE_CLIENT_TOKEN;
import static io.github.webpubsubtestkit.internal.hub.Operation.GET_SERVICE_STATUS;
import static io.github.webpubsubtestkit.internal.hub.Operation.GRANT_PERMISSION;
import static io.github.webpubsubtestkit.internal.hub.Operation.GROUP_EXISTS;
import static io.github.webpubsubtestkit.internal.hub.Operation.LIST_CONNECTIONS_IN_GROUP;
import static io.github.webpubsubtestkit.internal.hub.Operation.REMOVE_CONNECTIONS_FROM_GROUPS;
import static io.github.webpubsubtestkit.internal.hub.Operation.REMOVE_CONNECTION_FROM_ALL_GROUPS;
import static io.github.webpubsubtestkit.internal.hub.Operation.REMOVE_CONNECTION_FROM_GROUP;
import static io.github.webpubsubtestkit.internal.hub.Operation.REMOVE_USER_FROM_ALL_GROUPS;
import static io.github.webpubsubtestkit.internal.hub.Operation.REMOVE_USER_FROM_GROUP;
import static io.github.webpubsubtestkit.internal.hub.Operation.REVOKE_PERMISSION;
import static io.github.webpubsubtestkit.internal.hub.Operation.SEND_TO_ALL;
import static io.github.webpubsubtestkit.internal.hub.Operation.SEND_TO_CONNECTION;
import static io.github.webpubsubtestkit.internal.hub.Operation.SEND_TO_GROUP;
import static io.github.webpubsubtestkit.internal.hub.Operation.SEND_TO_USER;
import static io.github.webpubsubtestkit.internal.hub.Operation.USER_EXISTS;
import static io.github.webpubsubtestkit.internal.rest.Route.Trait.ANONYMOUS;
import static io.github.webpubsubtestkit.internal.rest.Route.Trait.EXCLUDED;
import static io.github.webpubsubtestkit.internal.rest.Route.Trait.FILTER;
import static io.github.webpubsubtestkit.internal.rest.Route.Trait.GROUPS;
import static io.github.webpubsubtestkit.internal.rest.Route.Trait.MESSAGE;
import static io.github.webpubsubtestkit.internal.rest.Route.Trait.NO_ACCESS_KEY;
import static io.github.webpubsubtestkit.internal.rest.Route.route;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.Outcome;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.AddToGroup;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.AddToGroups;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.CheckPermission;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.Close;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.Exists;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.GenerateClientToken;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.GetServiceStatus;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.GrantPermission;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.RemoveFromAllGroups;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.RemoveFromGroup;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.RemoveFromGroups;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.RevokePermission;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.Send;
import io.github.webpubsubtestkit.internal.hub.Target;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;

/** The 25 operations of rest-api 7, in its order and with its numbers. */
final class Routes {

  private static final String HUB = "/api/hubs/{hub}";
  private static final String CONNECTION = HUB + "/connections/{connectionId}";
  private static final String USER = HUB + "/users/{userId}";
  private static final String GROUP = HUB + "/groups/{group}";
  private static final String MEMBER = GROUP + "/connections/{connectionId}";
  private static final String USER_IN_GROUP = USER + "/groups/{group}";
  private static final String PERMISSION =
      HUB + "/permissions/{permission}/connections/{connectionId}";

  private static final String CLOSE = "/:closeConnections";

  private final Map<Integer, List<Route>> byLength = new HashMap<>();

  Routes(RestAuthenticator authenticator) {
    for (Route each : table(authenticator)) {
      byLength.computeIfAbsent(each.length(), length -> new ArrayList<>()).add(each);
    }
  }

  /** Steps 1 and 2 of rest-api 5: by the path, then by the verb. */
  Route find(String method, List<String> segments) throws RestException {
    StringJoiner otherVerbs = new StringJoiner(", ");
    for (Route route : byLength.getOrDefault(segments.size(), List.of())) {
      if (route.matches(segments)) {
        if (route.method().equals(method)) {
          return route;
        }
        otherVerbs.add(route.method());
      }
    }
    throw otherVerbs.length() == 0
        ? RestException.noSuchRoute()
        : RestException.wrongVerb(otherVerbs.toString());
  }

  private static List<Route> table(RestAuthenticator authenticator) {
    MemberList members = new MemberList(authenticator);
    return List.of(
        /* 1 */ route("HEAD", "/api/health", GET_SERVICE_STATUS)
            .with(ANONYMOUS)
            .asks(call -> new GetServiceStatus())
            .answers((call, outcome) -> RestResponses.healthy()),

        // sends (rest-api 8.1)
        /* 2 */ send(HUB, SEND_TO_ALL, call -> Target.all()).with(FILTER, EXCLUDED),
        /* 3 */ send(CONNECTION, SEND_TO_CONNECTION, Routes::connection),
        /* 4 */ send(USER, SEND_TO_USER, Routes::user).with(FILTER),
        /* 5 */ send(GROUP, SEND_TO_GROUP, Routes::group).with(FILTER, EXCLUDED),

        // existence (rest-api 8.3)
        /* 6 */ existence(CONNECTION, CONNECTION_EXISTS, Routes::connection),
        /* 7 */ existence(USER, USER_EXISTS, Routes::user),
        /* 8 */ existence(GROUP, GROUP_EXISTS, Routes::group),

        // closes (rest-api 8.4)
        /* 9 */ close("DELETE", CONNECTION, CLOSE_CONNECTION, Routes::connection),
        /* 10 */ close("POST", HUB + CLOSE, CLOSE_ALL_CONNECTIONS, call -> Target.all())
            .with(EXCLUDED),
        /* 11 */ close("POST", GROUP + CLOSE, CLOSE_GROUP_CONNECTIONS, Routes::group)
            .with(EXCLUDED),
        /* 12 */ close("POST", USER + CLOSE, CLOSE_USER_CONNECTIONS, Routes::user).with(EXCLUDED),

        // membership (rest-api 8.5)
        /* 13 */ route("PUT", MEMBER, ADD_CONNECTION_TO_GROUP)
            .asks(call -> new AddToGroup(call.hubName(), connection(call), call.group()))
            .refusesWith("Error")
            .answers(200),
        /* 14 */ route("DELETE", MEMBER, REMOVE_CONNECTION_FROM_GROUP)
            .asks(call -> new RemoveFromGroup(call.hubName(), connection(call), call.group()))
            .answers(204),
        /* 15 */ route("DELETE", CONNECTION + "/groups", REMOVE_CONNECTION_FROM_ALL_GROUPS)
            .asks(call -> new RemoveFromAllGroups(call.hubName(), connection(call)))
            .answers(204),
        /* 16 */ route("PUT", USER_IN_GROUP, ADD_USER_TO_GROUP)
            .asks(call -> new AddToGroup(call.hubName(), user(call), call.group()))
            .refusesWith("Warning")
            .answers(200),
        /* 17 */ route("DELETE", USER_IN_GROUP, REMOVE_USER_FROM_GROUP)
            .asks(call -> new RemoveFromGroup(call.hubName(), user(call), call.group()))
            .answers(204),
        /* 18 */ route("DELETE", USER + "/groups", REMOVE_USER_FROM_ALL_GROUPS)
            .asks(call -> new RemoveFromAllGroups(call.hubName(), user(call)))
            .answers(204),

        // bulk membership (rest-api 8.6)
        /* 19 */ route("POST", HUB + "/:addToGroups", ADD_CONNECTIONS_TO_GROUPS)
            .with(GROUPS)
            .asks(call -> new AddToGroups(call.hubName(), call.groups(), call.filter()))
            .answers(200),
        /* 20 */ route("POST", HUB + "/:removeFromGroups", REMOVE_CONNECTIONS_FROM_GROUPS)
            .with(GROUPS)
            .asks(call -> new RemoveFromGroups(call.hubName(), call.groups(), call.filter()))
            .answers(200),

        // list (rest-api 8.7)
        /* 21 */ route("GET", GROUP + "/connections", LIST_CONNECTIONS_IN_GROUP)
            .checking(Checks::paging)
            .checking(members::checkCursor)
            .asks(members::read)
            .answers(members::page),

        // permissions (rest-api 8.8)
        /* 22 */ route("PUT", PERMISSION, GRANT_PERMISSION)
            .checking(Checks::permission)
            .asks(
                call ->
                    new GrantPermission(
                        call.hubName(), call.connectionId(), call.permission(), call.targetName()))
            .refusesWith("Info")
            .answers(200),
        /* 23 */ route("DELETE", PERMISSION, REVOKE_PERMISSION)
            .checking(Checks::permission)
            .asks(
                call ->
                    new RevokePermission(
                        call.hubName(), call.connectionId(), call.permission(), call.targetName()))
            .refusesWith("Info")
            .answers(204),
        /* 24 */ route("HEAD", PERMISSION, CHECK_PERMISSION)
            .checking(Checks::permission)
            .asks(
                call ->
                    new CheckPermission(
                        call.hubName(), call.connectionId(), call.permission(), call.targetName()))
            .refusesWith("Info")
            .answers(200),

        // tokens (rest-api 8.9)
        /* 25 */ route("POST", HUB + "/:generateToken", GENERATE_CLIENT_TOKEN)
            .with(NO_ACCESS_KEY)
            .checking(Checks::clientToken)
            .asks(call -> clientToken(authenticator, call))
            .answers(Routes::token));
  }

  private static Route send(String path, Operation operation, Function<RestCall, Target> target) {
    return route("POST", path + "/:send", operation)
        .with(MESSAGE)
        .checking(Checks::timeToLive)
        .asks(
            call ->
                new Send(
                    call.hubName(),
                    target.apply(call),
                    call.payload(),
                    call.ttlSeconds(),
                    call.selection()))
        .answers(202);
  }

  private static Route existence(
      String path, Operation operation, Function<RestCall, Target> target) {
    return route("HEAD", path, operation)
        .asks(call -> new Exists(call.hubName(), target.apply(call)))
        .refusesWith("Warning")
        .answers(200);
  }

  private static Route close(
      String method, String path, Operation operation, Function<RestCall, Target> target) {
    return route(method, path, operation)
        .asks(
            call -> new Close(call.hubName(), target.apply(call), call.selection(), call.reason()))
        .answers(204);
  }

  private static Target connection(RestCall call) {
    return Target.connection(call.connectionId());
  }

  private static Target user(RestCall call) {
    return Target.user(call.userId());
  }

  private static Target group(RestCall call) {
    return Target.group(call.group());
  }

  private static GenerateClientToken clientToken(RestAuthenticator authenticator, RestCall call)
      throws RestException {
    boolean mqtt = "mqtt".equalsIgnoreCase(call.query().first("clientType"));
    if (mqtt && call.options().isOn(Option.EMULATOR_ERRORS)) {
      throw RestException.notImplemented("The emulator makes no tokens for MQTT.");
    }
    Integer minutes = Checks.minutesToExpire(call);
    return new GenerateClientToken(
        call.hubName(),
        authenticator.origin(call.head()) + (mqtt ? "/clients/mqtt/hubs/" : "/client/hubs/"),
        call.query().first("userId"),
        call.query().all("role"),
        call.query().all("group"),
        Duration.ofMinutes(minutes == null ? 60 : minutes));
  }

  private static HttpResponse token(RestCall call, Outcome outcome) {
    String token = ((Outcome.Token) outcome).token();
    return RestResponses.json(("{\"token\":\"" + token + "\"}").getBytes(US_ASCII));
  }
}
