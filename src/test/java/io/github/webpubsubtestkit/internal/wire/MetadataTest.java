package io.github.webpubsubtestkit.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Metadata of messages (client-protocols C.2)")
class MetadataTest {

  @Test
  void keysAreHttpTokens() {
    String marks = "!#$%&'*+-.^_`|~";
    String letters = "abcdefghijklmnopqrstuvwxyz";
    String allowed = marks + letters + letters.toUpperCase(Locale.ROOT) + "0123456789";
    for (char c = 0; c < 0x180; c++) {
      for (String key : new String[] {"" + c, "k" + c}) {
        assertThat(Metadata.fault(Map.of(key, "v")).isEmpty())
            .as("key %s", key)
            .isEqualTo(allowed.indexOf(c) >= 0);
      }
    }
  }

  @Test
  void keysHaveOneTo256Characters() {
    assertThat(Metadata.fault(Map.of("k".repeat(256), "v"))).isEmpty();
    assertThat(Metadata.fault(Map.of("k".repeat(257), "v")))
        .hasValueSatisfying(fault -> assertThat(fault).endsWith("1 to 256 HTTP token characters."));
    assertThat(Metadata.fault(Map.of("", "v"))).isPresent();
  }

  @Test
  void valuesAreAsciiOfUpTo1024Characters() {
    assertThat(Metadata.fault(Map.of("k", "v".repeat(1024)))).isEmpty();
    assertThat(Metadata.fault(Map.of("k", "v".repeat(1025))))
        .contains("The metadata value of 'k' is not at most 1024 ASCII characters.");
    assertThat(Metadata.fault(Map.of("k", ""))).isEmpty();
    assertThat(Metadata.fault(Map.of("k", "\u0000\u007f"))).isEmpty();
    assertThat(Metadata.fault(Map.of("k", "\u0080"))).isPresent();
  }

  @Test
  void keysAndValuesHaveUpTo8192BytesTogether() {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int i = 0; i < 8; i++) {
      metadata.put("key" + i, "v".repeat(1020));
    }

    assertThat(Metadata.fault(metadata)).isEmpty();
    metadata.put("k", "");
    assertThat(Metadata.fault(metadata))
        .contains("The metadata is larger than 8192 bytes in total.");
  }

  @ParameterizedTest(name = "''{0}'' means ''{1}''")
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"first,first", "'first, final',final", "'a,b, c ',c", "'a,',''", "'',''"})
  void ofAHeaderTheLastPartCounts(String header, String value) {
    assertThat(Metadata.lastListed(header)).isEqualTo(value);
  }
}
