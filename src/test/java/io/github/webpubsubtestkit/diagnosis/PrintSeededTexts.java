package io.github.webpubsubtestkit.diagnosis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.webpubsubtestkit.diagnosis.SeededRun.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Writes what the console shows of all seeded tests to {@code target/seeded-texts.txt}, numbered
 * and without the names of the faults, for a reader who is to say the causes. Runs on demand only:
 *
 * <pre>{@code
 * mvn -B test -Pquick -Dtest=PrintSeededTexts
 * }</pre>
 *
 * <p>{@code target/seeded-texts-key.txt} tells which number is which fault.
 */
class PrintSeededTexts {

  @Test
  void toFiles() throws IOException {
    List<String> texts = new ArrayList<>();
    List<String> key = new ArrayList<>();
    SeededRun.execute().failures().entrySet().stream()
        .sorted(Comparator.comparing(each -> each.getValue().test()))
        .forEach(
            each -> {
              Failure failure = each.getValue();
              texts.add(
                  "%d. %s%n%n%s%n%n".formatted(texts.size() + 1, failure.test(), failure.text()));
              key.add(texts.size() + ". " + each.getKey());
            });
    Files.writeString(Path.of("target/seeded-texts.txt"), String.join("\n", texts), UTF_8);
    Files.write(Path.of("target/seeded-texts-key.txt"), key, UTF_8);
  }
}
