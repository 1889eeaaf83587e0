package io.github.webpubsubtestkit.internal.options;

import static io.github.webpubsubtestkit.internal.options.EmulatorValue.byDefault;
import static io.github.webpubsubtestkit.internal.options.EmulatorValue.ofKitOnly;
import static io.github.webpubsubtestkit.internal.options.EmulatorValue.unknown;
import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An option that is a duration, a number or a text. A new one is a constant here, a method of its
 * group in the public builder, a line of {@code src/docs/options.md}, and the place that reads
 * {@link Options#get}.
 *
 * @param <T> the type of its value
 */
public final class Setting<T> implements ListedOption {

  private static final List<Setting<?>> ALL = new ArrayList<>(); // filled by the constructor

  private static final long MIB = 1024 * 1024;

  /** The tolerated difference between the clocks of service and signer. */
  public static final Setting<Duration> TOKEN_CLOCK_SKEW =
      new Setting<>(
          Group.TOKENS,
          "tokenClockSkew",
          ValueType.Durations.NOT_NEGATIVE,
          Duration.ofMinutes(5),
          byDefault(),
          "client-protocols B.1",
          "Tolerated difference between the clocks of the fake and the signer");

  /** Without a port a name stands for itself and for the name with the fake's port. */
  public static final Setting<List<String>> ADDITIONAL_HOST_NAMES =
      new Setting<>(
          Group.TOKENS,
          "additionalHostNames",
          ValueType.Hosts.ANY,
          List.of(),
          byDefault(), // rest-api 2.2: it uses the authority of the request only
          "client-protocols B.3",
          "Additional hosts accepted in a token's audience, for example a proxy's");

  /** The time for which a reliable connection without a socket is kept. */
  public static final Setting<Duration> RECOVERY_WINDOW =
      new Setting<>(
          Group.CLIENTS,
          "recoveryWindow",
          ValueType.Durations.NOT_NEGATIVE,
          Duration.ofSeconds(30),
          byDefault(),
          "client-protocols D12",
          "Time during which a dropped reliable connection can be recovered");

  /** The close code for a simple client whose message fails; 1000 is sent without a reason. */
  public static final Setting<Integer> RAW_FAILURE_CLOSE_CODE =
      new Setting<>(
          Group.CLIENTS,
          "rawFailureCloseCode",
          new ValueType.OneOf(1011, 1000),
          1011,
          byDefault(),
          "client-protocols D03",
          "Close code for a simple client whose message fails");

  /** {@link Integer#MAX_VALUE} for never. */
  public static final Setting<Integer> FRAGMENT_OUTGOING_ABOVE =
      new Setting<>(
          Group.CLIENTS,
          "fragmentOutgoingAbove",
          ValueType.Counts.ANY,
          Integer.MAX_VALUE,
          "never",
          unknown(),
          "client-protocols D18",
          "Bytes above which a message is sent in fragments of that size");

  /** Zero for never. */
  public static final Setting<Duration> KEEP_ALIVE_INTERVAL =
      new Setting<>(
          Group.CLIENTS,
          "keepAliveInterval",
          ValueType.Durations.TICKING,
          Duration.ZERO,
          "never",
          unknown(),
          "client-protocols I.4",
          "Interval of WebSocket pings; a client that misses one is disconnected");

  /** One for each retry. */
  public static final Setting<List<Duration>> HANDLER_RETRY_DELAYS =
      new Setting<>(
          Group.EVENTS,
          "handlerRetryDelays",
          ValueType.Delays.ANY,
          List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO),
          EmulatorValue.of(
              List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(5))),
          "event-handlers K18",
          "Delay before each retry of a failed handler; none for no retries");

  /** From the start of an event to its answer, retries included. */
  public static final Setting<Duration> HANDLER_DEADLINE =
      new Setting<>(
          Group.EVENTS,
          "handlerDeadline",
          ValueType.Durations.POSITIVE,
          Duration.ofSeconds(100),
          byDefault(),
          "event-handlers K10",
          "Timeout for handling an event, including retries");

  /** The timeout for a validation's OPTIONS or GET. */
  public static final Setting<Duration> VALIDATION_DEADLINE =
      new Setting<>(
          Group.EVENTS,
          "validationDeadline",
          ValueType.Durations.POSITIVE,
          Duration.ofSeconds(10),
          byDefault(),
          "event-handlers 8",
          "Timeout for a validation request");

  /** The maximum number of pending messages for a client that does not read or acknowledge. */
  public static final Setting<Integer> MAX_QUEUED_MESSAGES =
      new Setting<>(
          Group.LIMITS,
          "maxQueuedMessages",
          ValueType.Counts.ANY,
          1_000,
          byDefault(),
          "client-protocols C.2",
          "Maximum number of pending messages for a client that does not read or acknowledge");

  /** The maximum number of their bytes. */
  public static final Setting<Long> MAX_QUEUED_BYTES =
      new Setting<>(
          Group.LIMITS,
          "maxQueuedBytes",
          ValueType.Sizes.ANY,
          16 * MIB,
          byDefault(),
          "client-protocols C.2",
          "Maximum number of pending bytes for such a client");

  /** The maximum number of timeline entries. */
  public static final Setting<Integer> MAX_TIMELINE_ENTRIES =
      new Setting<>(
          Group.TIMELINE,
          "maxTimelineEntries",
          ValueType.Counts.ANY,
          10_000,
          ofKitOnly(),
          "",
          "Maximum number of timeline entries; the newest are kept");

  /** The maximum size of the timeline in bytes. */
  public static final Setting<Long> MAX_TIMELINE_BYTES =
      new Setting<>(
          Group.TIMELINE,
          "maxTimelineBytes",
          ValueType.Sizes.ANY,
          16 * MIB,
          ofKitOnly(),
          "",
          "Maximum size of the timeline in bytes");

  /** The maximum number of recorded requests. */
  public static final Setting<Integer> MAX_RECORDED_REQUESTS =
      new Setting<>(
          Group.TIMELINE,
          "maxRecordedRequests",
          ValueType.Counts.ANY,
          10_000,
          ofKitOnly(),
          "",
          "Maximum number of recorded requests; the newest are kept");

  /** The maximum size of their payloads in bytes. */
  public static final Setting<Long> MAX_RECORDED_REQUEST_BYTES =
      new Setting<>(
          Group.TIMELINE,
          "maxRecordedRequestBytes",
          ValueType.Sizes.ANY,
          16 * MIB,
          ofKitOnly(),
          "",
          "Maximum size of the recorded payloads in bytes");

  private final OptionInfo info;
  private final String name;
  private final ValueType<T> type;
  private final T byDefault;
  private final @Nullable String wordForDefault;
  private final EmulatorValue<T> emulator;

  private Setting(
      Group group,
      String name,
      ValueType<T> type,
      T byDefault,
      EmulatorValue<T> emulator,
      String section,
      String description) {
    this(group, name, type, byDefault, null, emulator, section, description);
  }

  private Setting(
      Group group,
      String name,
      ValueType<T> type,
      T byDefault,
      @Nullable String wordForDefault,
      EmulatorValue<T> emulator,
      String section,
      String description) {
    this.info = new OptionInfo(group, section, description);
    this.name = name;
    this.type = type;
    this.byDefault = byDefault;
    this.wordForDefault = wordForDefault;
    this.emulator = Objects.requireNonNull(emulator, "emulator");
    ALL.add(this);
  }

  /** All settings, in the order of the constants. */
  static List<Setting<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  /** The default value. */
  public T defaultValue() {
    return byDefault;
  }

  /** The value in a fake that behaves like the emulator. */
  public T emulatorValue() {
    return requireNonNullElse(emulator.different(), byDefault);
  }

  void check(T value) {
    type.check(name, value);
  }

  @Override
  public String optionName() {
    return name;
  }

  @Override
  public OptionInfo info() {
    return info;
  }

  @Override
  public String valueLabel() {
    return type.label();
  }

  @Override
  public String defaultText() {
    return wordForDefault == null ? type.text(byDefault) : wordForDefault;
  }

  @Override
  public String emulatorText() {
    return emulator.text(emulator.different() == null ? defaultText() : type.text(emulatorValue()));
  }

  @Override
  public boolean differsInEmulator() {
    return !emulatorValue().equals(byDefault);
  }

  @Override
  public void set(Options.Builder options, String text) {
    if (text.strip().equals(defaultText())) {
      options.reset(this);
    } else {
      options.set(this, type.parse(name, text));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
