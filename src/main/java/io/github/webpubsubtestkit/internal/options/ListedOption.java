package io.github.webpubsubtestkit.internal.options;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** An entry of the list: an {@link Option}, which is on or off, or a {@link Setting}. */
public sealed interface ListedOption permits Option, Setting {

  /** All options, group by group. */
  static List<ListedOption> all() {
    List<ListedOption> unsorted =
        Stream.<ListedOption>concat(Stream.of(Option.values()), Setting.all().stream()).toList();
    return Stream.of(Group.values())
        .flatMap(group -> unsorted.stream().filter(each -> each.group() == group))
        .toList();
  }

  /** The name of its method in the builder, which the sheets use, too. */
  String optionName();

  /** What people read of it. */
  OptionInfo info();

  /** What it is about. */
  default Group group() {
    return info().group();
  }

  /** Where the sheets speak of it, as a citation; empty if it is the kit's own. */
  default String section() {
    return info().section();
  }

  /** What it does, in one sentence for the command line and the documents. */
  default String description() {
    return info().description();
  }

  /** What a value looks like on the command line. */
  String valueLabel();

  /** The default, as it could be said on the command line. */
  String defaultText();

  /** What the emulator does, for readers. */
  String emulatorText();

  /** Returns whether the emulator is known to do something else than what is the default here. */
  boolean differsInEmulator();

  /**
   * Sets it to a value of the command line.
   *
   * @throws IllegalArgumentException if that is no value for it; the message says what is
   */
  void set(Options.Builder options, String text);

  /** Its name on the command line, for example {@code --recovery-window}. */
  default String commandLineName() {
    return "--" + optionName().replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
