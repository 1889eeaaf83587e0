package com.example.auction

import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder
import com.azure.messaging.webpubsub.models.WebPubSubContentType
import com.fasterxml.jackson.module.kotlin.jacksonObjectMapper

data class Bid(val lot: String, val amount: Int)

/** The application under test: tells those who follow a lot of each bid. */
class Auction(connectionString: String) {

    private val json = jacksonObjectMapper()

    private val webPubSub = WebPubSubServiceClientBuilder()
        .connectionString(connectionString)
        .hub("auction")
        .buildClient()

    fun announce(bid: Bid) =
        webPubSub.sendToGroup(bid.lot, json.writeValueAsString(bid), WebPubSubContentType.APPLICATION_JSON)
}
