package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.internal.expect.GivenContent;
import io.github.webpubsubtestkit.internal.expect.JsonPart;
import io.github.webpubsubtestkit.internal.expect.Miss;
import io.github.webpubsubtestkit.internal.expect.NameDifference;
import io.github.webpubsubtestkit.internal.hub.Interceptor;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A condition of a {@link RequestPattern}, which can explain how an operation differs. */
final class RequestCondition {

  /** The field of what is for handshakes only. */
  static final String HANDSHAKE = "handshake";

  /** The field of the user from whom a request comes. */
  static final String CALLER_USER = "user of the caller";

  private static final String OUTCOME_FIELD = "outcome";
  private static final String CARRIED_OUT = "ok";

  private static final double OPERATION = 100;
  static final double TARGET = 10;
  static final double CONTENT = 3;
  static final double OUTCOME = 1;

  private static final String NOBODY_TAKES_EVENTS =
      ", as nobody takes events; service.recordEvents() makes the fake take them";

  private final String field;
  private final String phrase;
  private final Function<RecordedOperation, Optional<RequestMiss>> check;
  private final @Nullable GivenContent content;
  private final @Nullable Operation operation;
  private final @Nullable Origin origin;

  /** Where requests come from. */
  enum Origin {
    SERVER,
    CLIENT
  }

  RequestCondition(
      String field, String phrase, Function<RecordedOperation, Optional<RequestMiss>> check) {
    this(field, phrase, check, null, null, null);
  }

  private RequestCondition(
      String field,
      String phrase,
      Function<RecordedOperation, Optional<RequestMiss>> check,
      @Nullable GivenContent content,
      @Nullable Operation operation,
      @Nullable Origin origin) {
    this.field = field;
    this.phrase = phrase;
    this.check = check;
    this.content = content;
    this.operation = operation;
    this.origin = origin;
  }

  /** The same condition, which only requests of this origin can meet. */
  RequestCondition only(Origin from) {
    return new RequestCondition(field, phrase, check, content, operation, from);
  }

  /** The operation it demands; null for any. */
  @Nullable Operation operation() {
    return operation;
  }

  /** The origin of all requests that can meet it; null if both can. */
  @Nullable Origin origin() {
    return origin;
  }

  /** The same condition, with an object that it demands written as JSON by the mapper. */
  RequestCondition writtenBy(ObjectMapping mapping) {
    return content == null ? this : content(content.writtenBy(mapping));
  }

  /** The field it checks. */
  String field() {
    return field;
  }

  /** Returns whether no request of a client meets it that was carried out. */
  boolean isForRefusals() {
    return field.equals(OUTCOME_FIELD) && !phrase.equals(outcomePhrase(CARRIED_OUT));
  }

  private static String outcomePhrase(String outcome) {
    return "with outcome " + outcome;
  }

  /** Its text behind the name of a pattern; empty if the name implies it. */
  String phrase() {
    return phrase;
  }

  /** The difference between the operation and this condition, if any. */
  Optional<RequestMiss> miss(RecordedOperation operation) {
    return check.apply(operation);
  }

  static RequestCondition anyRequest() {
    return new RequestCondition(
        "operation",
        "",
        operation -> missIf(operation.isHandshake(), OPERATION, "a handshake is not a request"));
  }

  static RequestCondition anyHandshake() {
    return new RequestCondition(
            HANDSHAKE,
            "",
            operation ->
                missIf(!operation.isHandshake(), OPERATION, "a request is not a handshake"))
        .only(Origin.CLIENT);
  }

  static RequestCondition operation(Operation wanted) {
    return new RequestCondition(
        "operation",
        "",
        operation ->
            missIf(
                operation.operation() != wanted,
                OPERATION,
                "operation is " + operation.operation()),
        null,
        wanted,
        switch (wanted) {
          case SEND_TO_GROUP -> null; // there is one of each
          case JOIN_GROUP, LEAVE_GROUP, EVENT, CONNECT, RECOVER, REJECTED_HANDSHAKE ->
              Origin.CLIENT;
          default -> Origin.SERVER;
        });
  }

  static RequestCondition connection(String connectionId) {
    return target("connectionId", "connection", connectionId, RecordedOperation::connectionId);
  }

  static RequestCondition user(String userId) {
    return target("userId", "user", userId, RecordedOperation::userId);
  }

  static RequestCondition group(String group) {
    return target("group", "group", group, RecordedOperation::group);
  }

  static RequestCondition event(String event) {
    return target("event", "event", event, RecordedOperation::event);
  }

  static RequestCondition text(String text) {
    return content(GivenContent.text(text));
  }

  static RequestCondition json(Object json) {
    return content(GivenContent.json(json));
  }

  static RequestCondition jsonContaining(Object json) {
    return content(GivenContent.jsonContaining(json));
  }

  static RequestCondition jsonAt(String pointer, @Nullable Object value, ObjectMapping mapping) {
    return new RequestCondition(
        "data",
        JsonPart.phrase(pointer, value),
        operation -> {
          Payload payload = operation.payload();
          return JsonPart.at(pointer, payload == null ? "" : payload.string())
              .difference(value, mapping)
              .map(difference -> new RequestMiss(CONTENT, difference));
        });
  }

  static RequestCondition binary(byte[] bytes) {
    return content(GivenContent.binary(bytes));
  }

  static RequestCondition content(Content content) {
    return content(
        GivenContent.of(content.dataType().wireName(), content.value(), content.isPartial()));
  }

  static RequestCondition content(GivenContent wanted) {
    return new RequestCondition(
        "data",
        "with "
            + (wanted.isPartial() ? wanted.noun() : wanted.type().wireName())
            + " "
            + wanted.brief(),
        operation -> {
          Payload payload = operation.payload();
          if (payload == null) {
            return missIf(true, CONTENT, "carries no data");
          }
          if (payload.type() != wanted.type()) {
            return missIf(true, CONTENT, "data is " + payload.type().wireName());
          }
          return wanted.isSameAs(payload.bytes())
              ? Optional.empty()
              : near(wanted.difference(payload.bytes()).orElse(new Miss(0, "is no valid JSON")));
        },
        wanted,
        null,
        null);
  }

  static RequestCondition metadata(String name, String value) {
    Checked.notEmpty(name, "name");
    return new RequestCondition(
        "metadata",
        "with metadata " + name + "=" + value,
        operation -> {
          Payload payload = operation.payload();
          String actual =
              payload == null || payload.metadata() == null ? null : payload.metadata().get(name);
          return missIf(
              !value.equals(actual),
              CONTENT,
              actual == null ? "has no metadata " + name : "metadata " + name + " is " + actual);
        });
  }

  static RequestCondition noMetadata() {
    return new RequestCondition(
        "metadata",
        "without metadata",
        operation -> {
          Payload payload = operation.payload();
          Map<String, String> actual = payload == null ? null : payload.metadata();
          return missIf(actual != null && !actual.isEmpty(), CONTENT, "has metadata " + actual);
        });
  }

  static RequestCondition noUserId() {
    return new RequestCondition(
        CALLER_USER,
        "from no user",
        operation -> {
          String userId = operation.caller().userId();
          return missIf(
              userId != null && !userId.isEmpty(), CONTENT, RequestText.caller(operation));
        });
  }

  /**
   * A condition in addition to a pattern; checked only if the pattern matches.
   *
   * @param unmet returns the difference between an operation and the condition, if any
   */
  static RequestCondition beyond(
      Predicate<RecordedOperation> pattern,
      String phrase,
      Function<RecordedOperation, Optional<String>> unmet) {
    return new RequestCondition(
        "condition",
        phrase,
        operation ->
            pattern.test(operation)
                ? unmet.apply(operation).map(text -> new RequestMiss(OUTCOME, text))
                : Optional.empty());
  }

  static RequestCondition fromUser(String userId) {
    Checked.notEmpty(userId, "userId");
    return new RequestCondition(
            CALLER_USER,
            "from user " + RequestText.quote(userId),
            operation ->
                missIf(
                    operation.caller().isServer() || !userId.equals(operation.caller().userId()),
                    CONTENT,
                    RequestText.otherCaller(operation, userId)))
        .only(Origin.CLIENT);
  }

  static RequestCondition fromConnection(String connectionId) {
    Checked.notEmpty(connectionId, "connectionId");
    RequestCondition condition =
        new RequestCondition(
            "connection",
            "from connection " + RequestText.quote(connectionId),
            operation ->
                missIf(
                    !connectionId.equals(operation.caller().connectionId()),
                    CONTENT,
                    operation.caller().connectionId() == null
                        ? RequestText.caller(operation)
                        : "from connection "
                            + RequestText.quote(operation.caller().connectionId())));
    return condition.only(Origin.CLIENT);
  }

  static RequestCondition fromServer() {
    return caller(true, "from the server");
  }

  static RequestCondition fromClient() {
    return caller(false, "from a client");
  }

  static RequestCondition hub(String hub) {
    String name = Checked.hub(hub);
    return new RequestCondition(
        "hub",
        "in hub " + RequestText.quote(name),
        operation ->
            missIf(
                !operation.hub().equals(name),
                TARGET,
                "hub is " + RequestText.quote(operation.hub())));
  }

  static RequestCondition excluding(List<String> connectionIds) {
    Set<String> wanted = Set.copyOf(connectionIds);
    return new RequestCondition(
        "excluded",
        wanted.isEmpty() ? "excluding nobody" : "excluding " + connectionIds,
        operation -> {
          List<String> actual = RequestText.parameter(operation, "excluded");
          return missIf(
              !wanted.equals(new HashSet<>(actual)),
              CONTENT,
              actual.isEmpty() ? "excludes nobody" : "excludes " + actual);
        });
  }

  static RequestCondition reason(String reason) {
    return new RequestCondition(
        "reason",
        "with reason " + RequestText.quote(reason),
        operation -> {
          List<String> actual = RequestText.parameter(operation, "reason");
          return missIf(
              !actual.equals(List.of(reason)),
              CONTENT,
              actual.isEmpty()
                  ? "gives no reason"
                  : "reason is " + RequestText.quote(String.join(", ", actual)));
        });
  }

  static RequestCondition parameter(String name, String value) {
    Checked.notEmpty(name, "name");
    return new RequestCondition(
            "parameter",
            "with parameter " + name + "=" + value,
            operation -> {
              List<String> actual = RequestText.parameter(operation, name);
              return missIf(
                  !actual.contains(value),
                  CONTENT,
                  actual.isEmpty()
                      ? "has no parameter " + name
                      : "parameter " + name + " is " + actual);
            })
        .only(Origin.SERVER);
  }

  static RequestCondition successful() {
    return new RequestCondition(
        OUTCOME_FIELD,
        "",
        operation ->
            missIf(
                !operation.successful(),
                OUTCOME,
                (operation.result().reason().equals(Interceptor.ORDERED)
                        ? "a fault kept it from being carried out: "
                        : "refused with ")
                    + operation.outcome()
                    + (operation.operation() == Operation.EVENT ? NOBODY_TAKES_EVENTS : "")));
  }

  static RequestCondition refused() {
    return new RequestCondition(
        OUTCOME_FIELD,
        "refused",
        operation ->
            missIf(operation.successful(), OUTCOME, "not refused but " + operation.outcome()));
  }

  static RequestCondition outcome(String outcome) {
    Checked.notEmpty(outcome, "outcome");
    return new RequestCondition(
        OUTCOME_FIELD,
        outcomePhrase(outcome),
        operation ->
            missIf(
                !(operation.outcome() + " ").startsWith(outcome + " "),
                OUTCOME,
                "outcome is " + operation.outcome()));
  }

  private static RequestCondition caller(boolean isServer, String phrase) {
    return new RequestCondition(
            "caller",
            phrase,
            operation ->
                missIf(
                    operation.caller().isServer() != isServer,
                    CONTENT,
                    RequestText.caller(operation)))
        .only(isServer ? Origin.SERVER : Origin.CLIENT);
  }

  private static RequestCondition target(
      String argument,
      String field,
      String wanted,
      Function<RecordedOperation, @Nullable String> actual) {
    Checked.notEmpty(wanted, argument);
    return new RequestCondition(
        field,
        "",
        operation -> {
          String value = actual.apply(operation);
          return missIf(
              !wanted.equals(value),
              TARGET,
              value == null ? "names no " + field : otherTarget(field, wanted, value));
        });
  }

  /**
   * A note about the slash, the only character in a path that does not arrive as intended (rest-api
   * 6.1).
   */
  static String otherTarget(String field, String wanted, String value) {
    boolean onlySlashes = value.replace("%2F", "/").replace("%2f", "/").equals(wanted);
    return field
        + " is "
        + RequestText.quote(value)
        + (onlySlashes
            ? ", as %2F in a path is not decoded; decodeSlash(true) does"
            : NameDifference.between(value, wanted).map(how -> ", which " + how).orElse(""));
  }

  /** The miss of the data, weighted by its difference. */
  private static Optional<RequestMiss> near(Miss miss) {
    return Optional.of(
        new RequestMiss(
            CONTENT * (1 - miss.closeness() / 2),
            (miss.difference().startsWith("expected ") ? "data: " : "data ") + miss.difference()));
  }

  static Optional<RequestMiss> missIf(boolean missed, double weight, String text) {
    return missed ? Optional.of(new RequestMiss(weight, text)) : Optional.empty();
  }
}
