package com.example.auction

import io.github.webpubsubtestkit.Connected
import io.github.webpubsubtestkit.WebPubSubTest
import io.github.webpubsubtestkit.client.AckFailedException
import io.github.webpubsubtestkit.client.ConnectOptions.asUser
import io.github.webpubsubtestkit.client.PubSubClient
import io.github.webpubsubtestkit.client.SimpleClient
import io.github.webpubsubtestkit.handler.EventAnswer.acknowledge
import io.github.webpubsubtestkit.handler.EventAnswer.fail
import io.github.webpubsubtestkit.handler.EventAnswer.reply
import io.github.webpubsubtestkit.service.FakeWebPubSub
import io.github.webpubsubtestkit.service.RequestPattern.sendToGroup
import java.util.concurrent.CompletableFuture
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.Test

@WebPubSubTest(hub = "auction")
class AuctionTest {

    @Connected(userId = "alice", groups = ["lot-1"])
    lateinit var alice: PubSubClient

    @Test
    fun `a bid is announced to those who follow the lot, as JSON of a data class`(service: FakeWebPubSub) {
        Auction(service.connectionString()).announce(Bid("lot-1", 120))

        assertThat(alice).receivesJson(Bid("lot-1", 120)).isFromGroup("lot-1")
        assertThat(service).receivesRequest(sendToGroup("lot-1")).isFromServer()
    }

    @Test
    fun `a received bid is read into the data class`(service: FakeWebPubSub) {
        service.sendJsonToGroup("lot-1", Bid("lot-1", 130))

        assertThat(alice).receivesMessageMatching { it.json(Bid::class.java).amount > 100 }
    }

    @Test
    fun `a placeholder stands for a value that is not known, its dollar sign escaped`(service: FakeWebPubSub) {
        service.sendJsonToGroup("lot-1", Bid("lot-1", 140))

        assertThat(alice).receivesJsonContaining("""{"lot": "${'$'}{any-string}", "amount": 140}""")
    }

    @Test
    fun `a trailing lambda answers events`(service: FakeWebPubSub) {
        val handler = service.eventHandler("auction").onUserEvent("bid") { event ->
            if (event.json(Bid::class.java).amount > 100) acknowledge() else fail(409)
        }

        alice.sendJsonEvent("bid", Bid("lot-1", 150))
        assertThatExceptionOfType(AckFailedException::class.java)
            .isThrownBy { alice.sendJsonEvent("bid", Bid("lot-1", 90)) }

        assertThat(handler).receivesEvent("bid").hasJson(Bid("lot-1", 150)).isFromUser("alice")
    }

    @Test
    fun `an answer comes once the test allows it`(service: FakeWebPubSub, @Connected simple: SimpleClient) {
        val gate = CompletableFuture<Unit>()
        service.eventHandler("auction").onUserEvent { reply("done").onceDone(gate) }

        simple.sendText("go")
        gate.complete(Unit)

        assertThat(simple).receivesText("done")
    }

    @Test
    fun `a client of one's own is closed by use`(service: FakeWebPubSub) {
        service.connect(asUser("bob")).use { bob ->
            bob.sendToGroup("lot-1", "going once")

            assertThat(alice).receivesText("going once").isFromUser("bob")
        }
        service.awaitIdle()
        assertThat(service).hasNoUser("bob")
    }
}
