package io.github.webpubsubtestkit.diagnosis;

import static com.azure.messaging.webpubsub.models.WebPubSubContentType.TEXT_PLAIN;
import static io.github.webpubsubtestkit.diagnosis.Seeded.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** A weather station warns its subscribers. */
@WebPubSubTest
class WeatherAlerts {

  @Seeded("group-typo")
  void subscribersHearOfGusts(
      FakeWebPubSub service,
      @Connected(userId = "alice", groups = "storm-alerts") PubSubClient alice) {
    Station station = new Station(ServerSdk.client(service.connectionString()), configuration());

    station.gust(120);

    assertThat(alice).within(SOON).receivesText("gusts of 120 km/h");
  }

  @Seeded("never-sent")
  void subscribersHearOfSmallGusts(
      FakeWebPubSub service, @Connected(userId = "alice", groups = "gusts") PubSubClient alice) {
    Properties configuration = configuration();
    configuration.setProperty("alerts.group", "gusts");
    Station station = new Station(ServerSdk.client(service.connectionString()), configuration);

    station.gust(75);

    assertThat(alice).within(SOON).receivesText("gusts of 75 km/h");
  }

  /** The file that the application ships with. */
  private static Properties configuration() {
    Properties shipped = new Properties();
    shipped.setProperty("alerts.group", "strom-alerts");
    shipped.setProperty("alerts.threshold", "100");
    return shipped;
  }

  record Station(WebPubSubServiceClient azure, Properties configuration) {

    void gust(int speed) {
      if (speed >= Integer.parseInt(configuration.getProperty("alerts.threshold"))) {
        String group = configuration.getProperty("alerts.group");
        azure.sendToGroup(group, "gusts of " + speed + " km/h", TEXT_PLAIN);
      }
    }
  }

  @Seeded("text-in-another-case")
  void everybodySeesTheHeadline(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    new Newsroom(ServerSdk.client(service.connectionString())).headline("storm warning");

    assertThat(alice).within(SOON).receivesText("storm warning");
  }

  record Newsroom(WebPubSubServiceClient azure) {

    void headline(String text) {
      String first = text.substring(0, 1).toUpperCase(Locale.ROOT);
      azure.sendToAll(first + text.substring(1), TEXT_PLAIN);
    }
  }

  @Seeded("line-of-a-text")
  void everybodySeesTheTable(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    new Gauges(ServerSdk.client(service.connectionString())).publish(List.of(0.5, 0.65, 0.75));

    assertThat(alice)
        .within(SOON)
        .receivesText(
            """
            level of the Rhine at Cologne (m)
            yesterday  0.50
            today      0.75
            """);
  }

  record Gauges(WebPubSubServiceClient azure) {

    void publish(List<Double> levels) {
      double today = (levels.get(1) + levels.get(2)) / 2;
      azure.sendToAll(
          String.format(
              Locale.ROOT,
              "level of the Rhine at Cologne (m)\nyesterday  %.2f\ntoday      %.2f\n",
              levels.get(0),
              today),
          TEXT_PLAIN);
    }
  }
}
