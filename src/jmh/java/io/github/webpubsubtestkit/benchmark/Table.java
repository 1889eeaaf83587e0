package io.github.webpubsubtestkit.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results as readers see them. */
final class Table {

  private final Map<Contender, List<Sample>> samples;
  private boolean missed;

  Table(Map<Contender, List<Sample>> samples) {
    this.samples = samples;
  }

  /** Whether a goal was missed, once the table has been made. */
  boolean hasMissed() {
    return missed;
  }

  /**
   * One row per work: the medians of all rounds, between which ratios the rounds were, and how
   * noisy the machine was. Nothing is judged on a machine that was too noisy.
   */
  String goals(List<Work> works) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("work", "unit", "kit", "baseline", "ratio", "in the rounds", "noise", "goal", ""));
    for (Work work : works) {
      double kit = median(figures(work.kit()));
      double ratio = Double.NaN;
      String between = "";
      String baselineText = "";
      if (work.baseline() != null) {
        List<Double> ratios = ratios(work);
        double baseline = median(figures(work.baseline()));
        ratio = kit / baseline;
        baselineText = number(baseline);
        between = number(ratios.get(0)) + " to " + number(ratios.get(ratios.size() - 1));
      }
      double noise = noise(work);
      boolean noisy = Noise.isTooMuch(noise);
      boolean reached = work.goal().isReached(kit, ratio);
      missed |= !reached && !noisy;
      rows.add(
          List.of(
              work.title(),
              work.unit(),
              number(kit),
              baselineText,
              Double.isNaN(ratio) ? "" : number(ratio),
              between,
              Noise.describe(noise),
              work.goal().describe(work.unit()),
              noisy ? "too noisy" : reached ? "ok" : "MISSED"));
    }
    return layout(rows);
  }

  /** The other servers, for information. */
  String peers(List<Work> works) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("work", "unit", "who", "figure", "kit to it"));
    for (Work work : works) {
      double kit = median(figures(work.kit()));
      work.peers()
          .forEach(
              (name, contender) -> {
                double figure = median(figures(contender));
                rows.add(
                    List.of(work.title(), work.unit(), name, number(figure), number(kit / figure)));
              });
    }
    return layout(rows);
  }

  private List<Double> ratios(Work work) {
    List<Double> ratios = new ArrayList<>();
    List<Double> kit = figures(work.kit());
    List<Double> baseline = figures(work.baseline());
    for (int i = 0; i < baseline.size(); i++) {
      ratios.add(kit.get(i) / baseline.get(i));
    }
    return ratios.stream().sorted().toList();
  }

  private List<Double> figures(Contender contender) {
    return samples.get(contender).stream().map(Sample::figure).toList();
  }

  /** The noise while the compared contenders were measured. */
  private double noise(Work work) {
    return median(
        work.compared().stream()
            .flatMap(contender -> samples.get(contender).stream())
            .map(Sample::noise)
            .toList());
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Three digits that count. */
  static String number(double value) {
    int decimals = value == 0 ? 0 : 2 - (int) Math.floor(Math.log10(Math.abs(value)));
    return String.format(Locale.ROOT, "%,." + Math.max(0, Math.min(4, decimals)) + "f", value);
  }

  private static String layout(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < rows.size(); line++) {
      text.append('|');
      for (int i = 0; i < columns; i++) {
        String cell = rows.get(line).get(i);
        text.append(' ').append(cell).append(" ".repeat(widths[i] - cell.length())).append(" |");
      }
      text.append('\n');
      if (line == 0) {
        text.append('|');
        for (int width : widths) {
          text.append("-".repeat(width + 2)).append('|');
        }
        text.append('\n');
      }
    }
    return text.toString();
  }
}
