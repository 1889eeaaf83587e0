package io.github.webpubsubtestkit.internal.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OptionsTest {

  private static final Set<Option> ONLY_IN_EMULATOR =
      Set.of(
          Option.NULL_FROM_USER_ID,
          Option.STRICT_AUDIENCE,
          Option.REQUIRE_CONTENT_LENGTH,
          Option.EMULATOR_ERRORS,
          Option.EMULATOR_PAGES);

  @Test
  void theListHasEveryConstantOnceGroupByGroup() {
    List<Object> settings =
        Stream.of(Setting.class.getFields())
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .map(OptionsTest::valueOf)
            .toList();

    assertThat(ListedOption.all())
        .contains(Option.values())
        .containsAll(settings.stream().map(ListedOption.class::cast).toList())
        .hasSize(Option.values().length + settings.size())
        .isSortedAccordingTo((a, b) -> a.group().compareTo(b.group()));
    assertThat(ListedOption.all()).extracting(ListedOption::optionName).doesNotHaveDuplicates();
  }

  private static Object valueOf(Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void namesAreThoseOfTheBuilderAndOfTheCommandLine() {
    assertThat(Option.DROP_ON_USER_EVENT_FAILURE.optionName()).isEqualTo("dropOnUserEventFailure");
    assertThat(Option.DROP_ON_USER_EVENT_FAILURE.commandLineName())
        .isEqualTo("--drop-on-user-event-failure");
    assertThat(Setting.RECOVERY_WINDOW.commandLineName()).isEqualTo("--recovery-window");
  }

  @Test
  void withoutAWordAllIsAtItsDefault() {
    Options options = Options.defaults();

    assertThat(Option.values())
        .allSatisfy(each -> assertThat(options.isOn(each)).isEqualTo(each.isOnByDefault()));
    assertThat(Setting.all())
        .allSatisfy(each -> assertThat((Object) options.get(each)).isEqualTo(each.defaultValue()));
    assertThat(options.isOn(Option.VALIDATE_HANDLERS)).isTrue();
    assertThat(options.isOn(Option.ANONYMOUS_ALLOWED)).isFalse();
  }

  static List<ListedOption> all() {
    return ListedOption.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachSaysWhatItDoesWhereThatIsKnownFromAndWhatTheEmulatorDoes(ListedOption option) {
    assertThat(option.description()).isNotBlank().doesNotEndWith(".");
    assertThat(option.section().isEmpty()).isEqualTo(option.emulatorText().equals("–"));
    assertThat(option.emulatorText()).isNotBlank();
  }

  @Test
  void likeEmulatorSetsWhatTheListSays() {
    Options options = Options.builder().likeEmulator().build();

    assertThat(Option.values())
        .allSatisfy(each -> assertThat(options.isOn(each)).isEqualTo(each.isOnInEmulator()));
    assertThat(Setting.all())
        .allSatisfy(each -> assertThat((Object) options.get(each)).isEqualTo(each.emulatorValue()));
  }

  @Test
  void theEmulatorDiffersInSixOptions() {
    Options options = Options.builder().likeEmulator().build();

    assertThat(Option.values())
        .filteredOn(each -> options.isOn(each) != each.isOnByDefault())
        .containsExactlyInAnyOrderElementsOf(ONLY_IN_EMULATOR);
    assertThat(options.get(Setting.HANDLER_RETRY_DELAYS))
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(5));
    assertThat(Setting.all())
        .filteredOn(each -> !options.get(each).equals(each.defaultValue()))
        .singleElement()
        .isSameAs(Setting.HANDLER_RETRY_DELAYS);
  }

  @Test
  void whatIsSaidAfterLikeEmulatorCounts() {
    Options options =
        Options.builder()
            .turn(Option.REQUIRE_CONTENT_LENGTH, false)
            .likeEmulator()
            .turn(Option.NULL_FROM_USER_ID, false)
            .set(Setting.HANDLER_RETRY_DELAYS, List.of())
            .build();

    assertThat(options.isOn(Option.REQUIRE_CONTENT_LENGTH)).isTrue();
    assertThat(options.isOn(Option.NULL_FROM_USER_ID)).isFalse();
    assertThat(options.get(Setting.HANDLER_RETRY_DELAYS)).isEmpty();
  }

  @Test
  void optionsDoNotChangeWithTheirBuilder() {
    Options.Builder builder = Options.builder();
    Options before = builder.build();

    builder.turn(Option.DECODE_SLASH, true).set(Setting.MAX_QUEUED_MESSAGES, 3);

    assertThat(before.isOn(Option.DECODE_SLASH)).isFalse();
    assertThat(before.get(Setting.MAX_QUEUED_MESSAGES)).isEqualTo(1_000);
    assertThat(builder.build().isOn(Option.DECODE_SLASH)).isTrue();
    assertThat(builder.build().get(Setting.MAX_QUEUED_MESSAGES)).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theTextOfADefaultIsTheDefault(ListedOption option) {
    Options.Builder builder = Options.builder().likeEmulator();

    option.set(builder, option.defaultText());

    if (option instanceof Option which) {
      assertThat(builder.build().isOn(which)).isEqualTo(which.isOnByDefault());
    } else if (option instanceof Setting<?> setting) {
      assertThat((Object) builder.build().get(setting)).isEqualTo(setting.defaultValue());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "recoveryWindow, 0s, PT0S",
    "recoveryWindow, 250ms, PT0.25S",
    "recoveryWindow, 90 s, PT1M30S",
    "recoveryWindow, 5m, PT5M",
    "recoveryWindow, 1h, PT1H",
    "recoveryWindow, PT2M, PT2M",
    "keepAliveInterval, never, PT0S",
    "keepAliveInterval, 20s, PT20S",
    "fragmentOutgoingAbove, 1000, 1000",
    "fragmentOutgoingAbove, never, 2147483647",
    "maxQueuedBytes, 1000, 1000",
    "maxQueuedBytes, 4 KiB, 4096",
    "maxQueuedBytes, 2GiB, 2147483648",
    "rawFailureCloseCode, 1000, 1000",
    "handlerRetryDelays, none, []",
    "handlerRetryDelays, '', []",
    "handlerRetryDelays, '1s, 3s', '[PT1S, PT3S]'",
    "additionalHostNames, 'proxy,other:8443', '[proxy, other:8443]'"
  })
  void textsAreRead(String name, String text, String value) {
    Options.Builder builder = Options.builder();

    option(name).set(builder, text);

    assertThat(builder.build().get((Setting<?>) option(name))).hasToString(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "decodeSlash|yes|decodeSlash must be true or false but is 'yes'",
        "recoveryWindow|-1s|recoveryWindow must not be negative but is PT-1S",
        "recoveryWindow|30|recoveryWindow must be a duration, for example 500ms, 30s, 5m or 1h, but is"
            + " '30'",
        "recoveryWindow|xms|recoveryWindow must be a duration, for example 500ms, 30s, 5m or 1h, but"
            + " is 'xms'",
        "handlerDeadline|0s|handlerDeadline must be more than 0",
        "keepAliveInterval|0s|keepAliveInterval must be at least 1 ms but is PT0S",
        "handlerRetryDelays|1s,-1s|a delay of handlerRetryDelays must not be negative but is PT-1S",
        "handlerRetryDelays|1s,|a delay of handlerRetryDelays must be a duration, for example 500ms,"
            + " 30s, 5m or 1h, but is ''",
        "maxQueuedMessages|0|maxQueuedMessages must be at least 1 but is 0",
        "maxQueuedMessages|9999999999|maxQueuedMessages must be a whole number up to 2147483647 but is"
            + " '9999999999'",
        "maxQueuedBytes|16MB|maxQueuedBytes must be a number of bytes, for example 1000, 64KiB or"
            + " 16MiB, but is '16MB'",
        "maxQueuedBytes|9999999999GiB|maxQueuedBytes must be a number of bytes, for example 1000,"
            + " 64KiB or 16MiB, but is '9999999999GiB'",
        "rawFailureCloseCode|1008|rawFailureCloseCode must be 1011 or 1000 but is 1008",
        "rawFailureCloseCode|abc|rawFailureCloseCode must be 1011 or 1000 but is 'abc'",
        "additionalHostNames|http://proxy|an additional host name is a host, with a port or without,"
            + " but is \"http://proxy\""
      })
  void wrongTextsAreRefused(String name, String text, String message) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> option(name).set(Options.builder(), text))
        .withMessage(message);
  }

  private static ListedOption option(String name) {
    return ListedOption.all().stream()
        .filter(each -> each.optionName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
