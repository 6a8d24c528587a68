// Asks the carrier how many days a parcel takes. The carrier is another company's service.
export class Carrier {
  constructor(baseUrl) {
    this.baseUrl = baseUrl
  }

  async days(country) {
    const response = await fetch(new URL(`/v1/transit?to=${country}`, this.baseUrl), { signal: AbortSignal.timeout(2000) })
    if (!response.ok) throw new Error(`carrier answered ${response.status}`)
    const { days } = await response.json()
    return days
  }
}
