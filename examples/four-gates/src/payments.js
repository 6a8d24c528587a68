// Asks the payment provider to charge or to give back. It is another company's service.
export class Payments {
  constructor(baseUrl) {
    this.baseUrl = baseUrl
  }

  async charge(cents) {
    const { id } = await this.#post('/charges', { cents })
    return id
  }

  async giveBack(charge) {
    await this.#post(`/charges/${charge}/refund`, {})
  }

  async #post(path, body) {
    const response = await fetch(new URL(path, this.baseUrl), {
      method: 'POST',
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(2000),
    })
    if (!response.ok) throw new Error(`the payment provider answered ${response.status}`)
    return response.json()
  }
}
